/** A link to the portal for one customer. */
export interface PortalSession {
  readonly id: string;
  readonly object: 'billing_portal.session';
  readonly configuration: string;
  readonly created: number;
  readonly customer: string;
  readonly locale: string | null;
  readonly return_url: string | null;
  readonly url: string;
  /** Null: the portal's home page. */
  readonly update: CardUpdate | null;
  /** What makes the link hard to guess; a part of it. */
  readonly token: string;
}

/** The flow that has one purpose: another card. */
export interface CardUpdate {
  readonly afterwards: 'hosted_confirmation' | 'portal_homepage' | 'redirect';
  readonly redirectTo: string | null;
  readonly message: string | null;
}
