import * as z from 'zod';
import { DAY, HOUR, type Instant, MINUTE } from '#shared/platform/instant.ts';
import { addLine } from './add-line.ts';
import { APPRENTICE, CARDS_FAIL_FROM_DAY, CAST, type CastMember } from './cast.ts';
import { APPRENTICE_FROM_DAY, incidents } from './incidents.ts';
import { News } from './news.ts';
import { AFTERMATH, dayOf, dayText, monthText } from './sample-months.ts';
import type { Scene } from './scene.ts';
import { giveCard, paymentMethodOf } from './subscriber.ts';
import { Tallies } from './tally.ts';
import { tellInvoices } from './tell-invoices.ts';
import { tellRecovery } from './tell-recovery.ts';
import { usageOfADay } from './usage-of-a-day.ts';

/** Late on every second day, and on a month's last one, the network hands over what happened since. */
const HAND_OVER = 23 * HOUR + 50 * MINUTE;

const Account = z.object({ stripeCustomer: z.string() });
const AllowanceUse = z.object({
  lines: z.array(
    z.object({
      line: z.string(),
      allowances: z.array(z.object({ id: z.string(), included: z.number(), used: z.number(), remaining: z.number() })),
    }),
  ),
});

/**
 * Two months of the sample's subscribers and what came of two payments that failed, told as it happens. Domain time must
 * stand at the months' start.
 */
export async function tellSample(scene: Scene): Promise<Tallies> {
  const { months } = scene;
  const tallies = new Tallies(scene.operator);
  const news = new News(scene);
  scene.say(`\n1 ${monthText(months.start)}: the subscribers arrive`);
  const customers = new Map<string, string>();
  for (const member of CAST) customers.set(member.account, await welcome(scene, member));
  await scene.moveTo(months.start + MINUTE);
  for (const member of CAST) await payByLink(scene, member);
  await scene.moveTo(months.start + HOUR);
  await news.tell(customers);
  let since = months.start;
  for (let midnight = months.start; midnight < months.end; midnight += DAY) {
    if (!isHandOver(midnight)) continue;
    await scene.moveTo(midnight + HAND_OVER);
    if (midnight === months.second + DAY) await tellPeriodEnd(scene, news, customers, months.start);
    await handOver(scene, tallies, daysBetween(since, midnight));
    since = midnight + DAY;
    await incidents(scene, tallies, midnight);
    if (new Date(midnight + DAY).getUTCDate() === 1) await tellAllowances(scene, midnight);
    if (midnight === months.second + (CARDS_FAIL_FROM_DAY - 1) * DAY) await failCards(scene, customers);
  }
  await scene.moveTo(months.end + AFTERMATH);
  await tellPeriodEnd(scene, news, customers, months.second);
  await tellRecovery(scene, news, customers);
  await tallies.readVerdicts();
  return tallies;
}

/** Returns the customer at Stripe. */
async function welcome(scene: Scene, member: CastMember): Promise<string> {
  const { operator, say, months } = scene;
  const { stripeCustomer } = await operator.put(`/v1/accounts/${member.account}`, member.details, Account);
  for (const line of member.lines) await addLine(operator, member.account, line, months.start);
  const lines = member.lines.map(line => `${line.line} (${line.plan})`).join(', ');
  say(`  ${member.account.padEnd(10)} ${stripeCustomer}  ${lines}`);
  return stripeCustomer;
}

/** Nobody has a card yet: the mail leads to Stripe's page, and the card that pays there is charged from then on. */
async function payByLink(scene: Scene, { account, details }: CastMember): Promise<void> {
  const link = paymentMethodOf(scene, String(details.email));
  if (link === undefined) throw new Error(`${account} was not asked to pay.`);
  await giveCard(link);
}

async function payWith({ stripe }: Scene, customer: string, card: string): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

async function failCards(scene: Scene, customers: ReadonlyMap<string, string>): Promise<void> {
  for (const { account, failing } of CAST) {
    if (failing === undefined) continue;
    await payWith(scene, customers.get(account) ?? '', failing.card);
    scene.say(`${dayText(scene.now())}: ${failing.why}; nobody notices yet`);
  }
}

function isHandOver(midnight: Instant): boolean {
  return new Date(midnight).getUTCDate() % 2 === 0 || new Date(midnight + DAY).getUTCDate() === 1;
}

/** Both included. */
function daysBetween(first: Instant, last: Instant): Instant[] {
  return Array.from({ length: (last - first) / DAY + 1 }, (_, index) => first + index * DAY);
}

async function handOver({ months }: Scene, tallies: Tallies, days: readonly Instant[]): Promise<void> {
  for (const { account, lines } of CAST) {
    await tallies.post(
      account,
      days.flatMap(day => lines.flatMap(line => usageOfADay(line, day))),
    );
  }
  const apprentice = days.filter(day => day >= dayOf(months, APPRENTICE_FROM_DAY));
  if (apprentice.length > 0) {
    await tallies.post(
      'nordlys',
      apprentice.flatMap(day => usageOfADay(APPRENTICE, day)),
    );
  }
}

async function tellAllowances({ operator, say }: Scene, midnight: Instant): Promise<void> {
  say(`${dayText(midnight)}: what the plans’ allowances came to`);
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

async function tellPeriodEnd(
  scene: Scene,
  news: News,
  customers: ReadonlyMap<string, string>,
  month: Instant,
): Promise<void> {
  scene.say(`${monthText(month)} is over: pushed, confirmed, and on Stripe’s invoices; the bills are mailed`);
  for (const [account, customer] of customers) await tellInvoices(scene, account, customer);
  await news.tell(customers);
}
