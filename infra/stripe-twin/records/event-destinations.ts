import type { Metadata } from './metadata.ts';

/** Where thin events would go. It can be made and changed; the twin has no thin events to deliver. */
export interface EventDestination {
  readonly id: string;
  readonly object: 'v2.core.event_destination';
  readonly created: string;
  readonly description: string;
  readonly enabled_events: readonly string[];
  readonly event_payload: 'thin';
  readonly events_from: readonly ['@self'];
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly name: string;
  readonly status: 'enabled' | 'disabled';
  readonly type: 'webhook_endpoint';
  readonly updated: string;
  /** Shown only where it is asked for. */
  readonly webhook_endpoint: { readonly url: string };
}
