import type { Metadata } from './metadata.ts';

/** What the portal offers: here the card and the list of invoices. */
export interface PortalConfiguration {
  readonly id: string;
  readonly object: 'billing_portal.configuration';
  readonly active: boolean;
  readonly business_profile: {
    readonly headline: string | null;
    readonly privacy_policy_url: string | null;
    readonly terms_of_service_url: string | null;
  };
  readonly created: number;
  readonly default_return_url: string | null;
  readonly is_default: boolean;
  readonly metadata: Metadata;
  readonly updated: number;
  /** Shown among the features. */
  readonly offersCards: boolean;
  readonly offersInvoices: boolean;
}
