import type Stripe from 'stripe';
import * as z from 'zod';
import { ABSENT, type Table } from '#shared/platform/table.ts';

/** The account at Stripe that a key opens. */
export interface StripeAccount {
  /** `acct_...` */
  readonly id: string;
  readonly mode: StripeMode;
  readonly name: string;
  /** Stripe lets it take money. */
  readonly canCharge: boolean;
}
export type StripeMode = 'test' | 'live';

const SECRET_KEY = /^(?:sk|rk)_(test|live)_\w+$/;

/** @throws when it is not a secret key; of the key itself the message shows nothing */
export function modeOfKey(key: string): StripeMode {
  const [, mode] = SECRET_KEY.exec(key) ?? [];
  if (mode === 'test' || mode === 'live') return mode;
  throw new Error('This is not a secret key of Stripe: those begin with sk_test_, sk_live_, rk_test_ or rk_live_.');
}

/** Asks Stripe whose key it is. @throws when Stripe refuses it */
export async function accountOfKey(key: string, connect: (key: string) => Stripe): Promise<StripeAccount> {
  const mode = modeOfKey(key);
  const account = await connect(key).accounts.retrieveCurrent();
  const name = account.settings?.dashboard.display_name ?? account.business_profile?.name ?? 'without a name';
  return { id: account.id, mode, name, canCharge: account.charges_enabled ?? false };
}

export function printAccount({ id, mode, name }: Pick<StripeAccount, 'id' | 'mode' | 'name'>): string {
  return `${id} (${name}), ${mode} mode`;
}

const Bound = z.object({ account: z.string(), mode: z.enum(['test', 'live']) });
const PLACE = { pk: 'setup', sk: 'stripe-account' };

/**
 * The stage belongs to its account at Stripe for ever: customers, meters and prices in the ledger are of there.
 * @throws when it belongs to another one
 */
export async function mustBelongTo(ledger: Table, { id, mode }: StripeAccount): Promise<void> {
  const bound = await ledger.get(PLACE, Bound);
  if (bound === undefined || (bound.account === id && bound.mode === mode)) return;
  throw new Error(
    `This stage belongs to ${bound.account}, ${bound.mode} mode; the key is of ${id}, ${mode} mode. ` +
      'Its customers, meters and prices are there and not here. For another account deploy another stage.',
  );
}

export async function bindTo(ledger: Table, { id, mode }: StripeAccount): Promise<void> {
  await ledger.put({ ...PLACE, account: id, mode }, ABSENT);
}
