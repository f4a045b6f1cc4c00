import type { Fault } from '#infra/local/gateway/fault-plan.ts';
import { addressOf, type MadeCall } from './disturbance.ts';
import type { FaultPoint } from './fault-points.ts';

/** What Stripe may answer instead. `'lost'`: it does what was asked, and no repeat of Stripe's client hears of it. */
export const ANSWERS = {
  '429 lock': { stripe: { status: 429, code: 'lock_timeout' } },
  '429 rate': { stripe: { status: 429, code: 'rate_limit' } },
  '500': { stripe: { status: 500 } },
  '400': { stripe: { status: 400 } },
  '402': { stripe: { status: 402 } },
  lost: 'drop-after',
} as const satisfies Readonly<Record<string, Fault>>;
export type AnswerName = keyof typeof ANSWERS;

/** One of them, given to a call of the product's. */
export interface AnswerPoint extends FaultPoint {
  /** `dunning POST /v1/invoices/{id}/pay` */
  readonly call: string;
  readonly answer: AnswerName;
}

/** Calls that ask a bank for money. */
const PAYMENTS = new Set(['Stripe.POST /v1/invoices/{id}/pay']);

/** As often as Stripe's client makes a call whose connection breaks. */
const ATTEMPTS = 3;

/**
 * Every call to Stripe × every answer. Of a call that is made again and again, the first and the last; of one that is
 * made for everybody, the first.
 */
export function answerPoints(made: readonly MadeCall[]): AnswerPoint[] {
  const calls = made.filter(({ operation }) => operation.startsWith('Stripe.'));
  const sites = Map.groupBy(calls, ({ function: name, operation, owner, cause }) =>
    operation.startsWith('Stripe.POST') ? `${owner} ${name} ${operation} ${cause}` : `${owner} ${name} ${operation}`,
  );
  return [...sites.values()].flatMap(same => {
    const last = same[0]?.owner === '' ? undefined : same.at(-1);
    const ends = new Set([same[0], last].filter(call => call !== undefined));
    return [...ends].flatMap(call => answersTo(call.operation).map(answer => pointOf(call, answer)));
  });
}

function answersTo(operation: string): AnswerName[] {
  const names = Object.keys(ANSWERS) as AnswerName[];
  return names.filter(name => name !== '402' || PAYMENTS.has(operation));
}

function pointOf(call: MadeCall, answer: AnswerName): AnswerPoint {
  const fault = ANSWERS[answer];
  const repeats = answer === 'lost' ? ATTEMPTS : 1;
  const faults = Array.from(
    { length: repeats },
    (_, nth) => [addressOf({ ...call, nth: call.nth + nth }), fault] as const,
  );
  return {
    function: call.function,
    name: `${addressOf(call)} answered ${answer}`,
    part: call.part,
    faults,
    isForAll: call.owner === '',
    call: callOf(call),
    answer,
  };
}

/** `dunning POST /v1/invoices/{id}/pay` */
export function callOf({ function: name, operation }: Pick<MadeCall, 'function' | 'operation'>): string {
  return `${name} ${operation.replace('Stripe.', '')}`;
}
