import type Stripe from 'stripe';
import * as z from 'zod';
import { DAY, HOUR, type Instant, MINUTE, printInstant } from '#shared/platform/instant.ts';
import { APPRENTICE, CAST, type CastLine, type CastMember, FOREMAN } from './cast.ts';
import type { Operator } from './operator.ts';
import { Tallies } from './tally.ts';
import { tellInvoices } from './tell-invoices.ts';
import { type PostedRecord, usageOfADay } from './usage-of-a-day.ts';

/** What the story may touch: what an operator has, and the local cloud's clock. */
export interface Scene {
  readonly operator: Operator;
  readonly stripe: Stripe;
  readonly now: () => Instant;
  /** Moves domain time through everything that falls due, and settles. */
  readonly moveTo: (instant: Instant) => Promise<void>;
  readonly say: (line: string) => void;
}

export const SAMPLE_START = Date.UTC(2026, 8, 1);
const SECOND_MONTH = Date.UTC(2026, 9, 1);
const SAMPLE_END = Date.UTC(2026, 10, 1);
/** When the network hands over what happened on a day. */
const HAND_OVER = 23 * HOUR + 50 * MINUTE;

const day = (dayOfSeptember: number) => SAMPLE_START + (dayOfSeptember - 1) * DAY;
const Account = z.object({ stripeCustomer: z.string() });
const Line = z.object({ state: z.string() });
const AllowanceUse = z.object({
  lines: z.array(
    z.object({
      line: z.string(),
      allowances: z.array(z.object({ id: z.string(), included: z.number(), used: z.number(), remaining: z.number() })),
    }),
  ),
});

/** Two months of the sample's subscribers, told as they happen. Domain time must stand at `SAMPLE_START`. */
export async function tellSample(scene: Scene): Promise<Tallies> {
  const tallies = new Tallies(scene.operator);
  scene.say('\n1 September 2026: the subscribers arrive');
  for (const member of CAST) await welcome(scene, member);
  for (let midnight = SAMPLE_START; midnight < SAMPLE_END; midnight += DAY) {
    await scene.moveTo(midnight + HAND_OVER);
    await handOver(tallies, midnight);
    await incidents(scene, tallies, midnight);
    if (new Date(midnight + DAY).getUTCDate() === 1) await tellAllowances(scene, midnight);
    if (midnight === SECOND_MONTH) await tellPeriodEnd(scene, 'September');
  }
  await scene.moveTo(SAMPLE_END + 3 * HOUR);
  await tellPeriodEnd(scene, 'October');
  await tallies.readVerdicts();
  return tallies;
}

async function welcome({ operator, stripe, say }: Scene, member: CastMember): Promise<void> {
  const { stripeCustomer } = await operator.put(`/v1/accounts/${member.account}`, member.details, Account);
  // The operator's own shop would do this with Stripe's payment page.
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: stripeCustomer });
  await stripe.customers.update(stripeCustomer, { invoice_settings: { default_payment_method: card.id } });
  for (const line of member.lines) await addLine(operator, member.account, line);
  const lines = member.lines.map(line => `${line.line} (${line.plan})`).join(', ');
  say(`  ${member.account.padEnd(10)} ${stripeCustomer}  ${lines}`);
}

async function addLine(operator: Operator, account: string, line: CastLine, from = SAMPLE_START): Promise<void> {
  const wish = { msisdn: line.msisdn, plan: line.plan, from: printInstant(from) };
  const { state } = await operator.put(`/v1/accounts/${account}/lines/${line.line}`, wish, Line);
  if (state !== 'active') throw new Error(`Line ${line.line} is ${state}; its first invoice should be paid.`);
}

async function handOver(tallies: Tallies, midnight: Instant): Promise<void> {
  for (const { account, lines } of CAST) {
    await tallies.post(
      account,
      lines.flatMap(line => usageOfADay(line, midnight)),
    );
  }
  if (midnight >= day(10)) await tallies.post('nordlys', usageOfADay(APPRENTICE, midnight));
}

/** What goes wrong in real life, on fixed days. */
async function incidents({ operator, say }: Scene, tallies: Tallies, midnight: Instant): Promise<void> {
  const today = usageOfADay(FOREMAN, midnight);
  const call = today.find(record => record.kind === 'voice' && record.seconds !== 0);
  switch (midnight) {
    case day(2):
      await tallies.post('nordlys', today);
      return say(`2 September: the network sends ${today.length} records twice; the second time changes nothing`);
    case day(4):
      if (call === undefined) throw new Error('The foreman calls every day.');
      await tallies.post('nordlys', [{ ...call, seconds: 3600 }]);
      return say(`4 September: ${call.id} comes again with other seconds; the first one counts, the other is shown`);
    case day(6): {
      const { accepted, rejected } = await tallies.post('nordlys', [...malformed(midnight), anotherCall(midnight)]);
      say(`6 September: a faulty batch; ${accepted} accepted, ${rejected.length} refused`);
      for (const { id, errors } of rejected)
        say(`    ${id}: ${errors.map(error => `${error.path} ${error.message}`).join('; ')}`);
      return;
    }
    case day(10):
      return say('10 September: a SIM is in use that nobody has registered; its records wait in quarantine');
    case day(12):
      await addLine(operator, 'nordlys', APPRENTICE, day(10));
      return say('12 September: it is the apprentice’s; the line starts on the 10th, its records count by themselves');
    case day(18):
      if (call === undefined) throw new Error('The foreman calls every day.');
      await tallies.post('nordlys', correction(call));
      return say(`18 September: ${call.id} is withdrawn and posted anew`);
    case SECOND_MONTH + DAY:
      await tallies.post('van-dijk', lateCalls());
      return say('2 October: three calls of 30 September arrive after their period was closed; they stay open');
    default:
      return;
  }
}

function malformed(midnight: Instant): PostedRecord[] {
  const common = { line: FOREMAN.msisdn, startedAt: printInstant(midnight + 9 * HOUR) };
  return [
    { id: 'faulty-1', kind: 'voice', ...common, seconds: 60 },
    { id: 'faulty-2', kind: 'data', ...common, bytes: -5 },
    { id: 'faulty-3', kind: 'data', ...common, startedAt: printInstant(midnight + 5 * DAY), bytes: 5 },
  ];
}

function anotherCall(midnight: Instant): PostedRecord {
  const startedAt = printInstant(midnight + 9 * HOUR);
  return { id: 'sound-1', kind: 'voice', line: FOREMAN.msisdn, startedAt, peer: '+46701234567', seconds: 61 };
}

function correction(call: PostedRecord): PostedRecord[] {
  const { line, kind, startedAt } = call;
  return [
    { id: `${call.id}-void`, line, kind, startedAt, voids: call.id },
    { ...call, id: `${call.id}-right`, seconds: 42 },
  ];
}

function lateCalls(): PostedRecord[] {
  return [10, 14, 19].map(hour => ({
    id: `late-${hour}`,
    kind: 'voice',
    line: '+31612340001',
    startedAt: printInstant(SECOND_MONTH - DAY + hour * HOUR),
    peer: '+12125550100',
    seconds: 90,
  }));
}

async function tellAllowances({ operator, say }: Scene, midnight: Instant): Promise<void> {
  say(`${printInstant(midnight).slice(0, 10)}: what the plans’ allowances came to`);
  for (const { account } of CAST) {
    const { lines } = await operator.get(`/v1/accounts/${account}/usage`, AllowanceUse);
    for (const { line, allowances } of lines) {
      for (const { id, included, used, remaining } of allowances) {
        const share = `${Math.round((100 * used) / included)} %`;
        say(`    ${line.padEnd(20)} ${id.padEnd(9)} ${share.padStart(5)} ${remaining === 0 ? 'used up' : 'used'}`);
      }
    }
  }
}

async function tellPeriodEnd(scene: Scene, month: string): Promise<void> {
  scene.say(`${month} is over: pushed, confirmed, and on Stripe’s invoices`);
  for (const { account } of CAST) {
    const { stripeCustomer } = await scene.operator.get(`/v1/accounts/${account}`, Account);
    await tellInvoices(scene, account, stripeCustomer);
  }
}
