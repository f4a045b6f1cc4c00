import type Stripe from 'stripe';
import type { Instant } from '#shared/platform/instant.ts';
import type { Outbox } from '../outgoing/outbox.ts';
import type { Operator } from './operator.ts';
import type { SampleMonths } from './sample-months.ts';

/** What the story may touch: what an operator and its subscribers have, and the local cloud's clock. */
export interface Scene {
  readonly operator: Operator;
  readonly stripe: Stripe;
  /** The subscribers' mailboxes, and what the operator's network was told. */
  readonly outbox: Outbox;
  readonly now: () => Instant;
  /** Moves domain time through everything that falls due, and settles. */
  readonly moveTo: (instant: Instant) => Promise<void>;
  readonly say: (line: string) => void;
  readonly months: SampleMonths;
}
