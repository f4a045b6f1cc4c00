import type { Metadata } from './metadata.ts';

export interface WebhookEndpoint {
  readonly id: string;
  readonly object: 'webhook_endpoint';
  /** Null: the account's own version. The twin renders in one version only. */
  readonly api_version: string | null;
  readonly application: null;
  readonly created: number;
  readonly description: string | null;
  readonly enabled_events: readonly string[];
  readonly livemode: false;
  readonly metadata: Metadata;
  /** Shown in the answer of the call that creates it, and never again. */
  readonly secret: string;
  readonly status: 'enabled' | 'disabled';
  readonly url: string;
  /** When it last took an event (Unix seconds). Not shown. */
  readonly tookAt: number | null;
}
