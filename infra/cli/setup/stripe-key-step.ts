import type Stripe from 'stripe';
import type { Table } from '#shared/platform/table.ts';
import type { Finding } from './finding.ts';
import type { Parameters } from './parameters.ts';
import { accountOfKey, bindTo, mustBelongTo, printAccount, type StripeAccount } from './stripe-account.ts';

export interface StripeKeyStep {
  readonly parameters: Parameters;
  /** Name of the parameter. */
  readonly name: string;
  readonly ledger: Table;
  readonly connect: (key: string) => Stripe;
  /** From a file or the environment. */
  readonly given: string | undefined;
  /** Asks a person where there is one; `undefined`: no answer. */
  readonly ask: () => Promise<string | undefined>;
  readonly isDry: boolean;
}

/** The key that works, `undefined` while there is none, and what is to be told. @throws when Stripe refuses the key */
export async function settleStripeKey(
  step: StripeKeyStep,
): Promise<{ readonly stripe: Stripe | undefined; readonly findings: readonly Finding[] }> {
  const { parameters, name, connect } = step;
  const stored = await parameters.read(name);
  const key = step.given ?? stored ?? (await step.ask());
  if (key === undefined) {
    const text = `There is none in ${name}.\nRun this in a terminal, or give STRIPE_SECRET_KEY or --stripe-key-file FILE.`;
    return { stripe: undefined, findings: [{ mark: 'todo', subject: 'Stripe key', text }] };
  }
  const account = await accountOfKey(key, connect);
  await mustBelongTo(step.ledger, account);
  const findings = [await store(step, key, stored, account), ...readiness(account)];
  return { stripe: connect(key), findings };
}

async function store(
  { parameters, name, ledger, isDry }: StripeKeyStep,
  key: string,
  stored: string | undefined,
  account: StripeAccount,
): Promise<Finding> {
  const subject = 'Stripe key';
  const whose = printAccount(account);
  if (!isDry) await bindTo(ledger, account);
  if (key === stored) return { mark: 'ok', subject, text: `It is stored, and Stripe takes it: ${whose}.` };
  const deed = stored === undefined ? 'store it as' : 'replace the one in';
  if (isDry) return { mark: 'would', subject, text: `Would ${deed} ${name}: ${whose}.` };
  await parameters.replace(name, key);
  const done = stored === undefined ? 'Stored as' : 'Replaced in';
  return { mark: 'made', subject, text: `${done} ${name}: ${whose}. Functions use it within five minutes.` };
}

function readiness({ mode, canCharge }: StripeAccount): Finding[] {
  if (canCharge) return [];
  const text = `Stripe does not let this account charge yet${mode === 'test' ? ' (in test mode it does all the same)' : ''}.\nComplete its details in Stripe's dashboard.`;
  return [{ mark: 'todo', subject: 'Stripe account', text }];
}
