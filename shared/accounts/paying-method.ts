import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';

// Two places name the payment method of an account: the customer's default, which subscribers choose on the portal,
// and the subscription's own, which the provider writes when somebody pays, and which goes first. The newer choice
// counts. Neither says when it was made, so the one on which both last agreed is noted; before they ever did, the younger
// method counts:
//
//   note A · default A · own A    a link is paid with B ──▶ own B: the default follows ──▶ note B
//   note B · default B · own B    C is chosen on the portal ──▶ default C: the own one goes ──▶ note C
//
// Dies before the note: the next look finds both places in agreement and notes it.

export interface NamedMethod {
  readonly id: string;
  /** When it was stored. */
  readonly since: Instant;
}

/** The methods that both places name now. */
export interface NamedMethods {
  /** The customer's default. */
  readonly byDefault: NamedMethod | undefined;
  /** The subscription's own. */
  readonly own: NamedMethod | undefined;
}

/** Port to both places at the provider. Writes say what should be, so a repeat is harmless. */
export interface PayingMethods {
  /** `undefined`: the subscription does not keep what pays, or the customer is gone. */
  read(subscription: string): Promise<NamedMethods | undefined>;
  makeDefault(customer: string, method: string): Promise<void>;
  /** The customer's default pays from now on. */
  dropOwn(subscription: string): Promise<void>;
}

export type MethodDecision = 'default-follows' | 'own-goes' | 'agreed';

/** @param agreed what both places named when they last agreed; `undefined`: they never did */
export function decideMethod(agreed: string | undefined, { byDefault, own }: NamedMethods): MethodDecision {
  if (own === undefined || own.id === byDefault?.id) return 'agreed';
  if (byDefault === undefined) return 'default-follows';
  const isOwnNewer = agreed === undefined ? own.since > byDefault.since : byDefault.id === agreed;
  return isOwnNewer ? 'default-follows' : 'own-goes';
}

const AgreedMethod = z.object({ method: z.string() });

function agreedKey(account: string): Key {
  return { pk: `account#${account}`, sk: 'payment-method' };
}

/** Brings both places to agree on the newer choice. */
export async function agreeOnMethod(
  { ledger, methods }: { readonly ledger: Table; readonly methods: PayingMethods },
  of: { readonly account: string; readonly customer: string; readonly subscription: string },
): Promise<void> {
  const named = await methods.read(of.subscription);
  if (named === undefined) return;
  const key = agreedKey(of.account);
  const agreed = (await ledger.get(key, AgreedMethod))?.method;
  const decision = decideMethod(agreed, named);
  if (decision === 'default-follows' && named.own !== undefined) {
    await methods.makeDefault(of.customer, named.own.id);
  }
  if (decision === 'own-goes') await methods.dropOwn(of.subscription);
  const method = (decision === 'default-follows' ? named.own : named.byDefault)?.id;
  if (method !== undefined && method !== agreed) await ledger.put({ ...key, method });
}
