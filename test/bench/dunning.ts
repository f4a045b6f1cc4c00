import { byResource } from './bill-of-resources.ts';
import type { Consumption } from './consumption.ts';
import { sampleDunning } from './dunning-sample.ts';
import type { Chapter } from './figure.ts';

const MILLION = 1_000_000;
/** What Stripe takes to answer, about: functions wait for it, and the waiting is charged. */
const STRIPE_LATENCY = 150;

/**
 * AWS list price of debts that go through five steps, from the failed charge until service stops.
 * @param accounts a multiple of five, which is what one look takes at once
 */
export async function benchDunning(accounts: number): Promise<Chapter> {
  const sample = await sampleDunning(accounts, STRIPE_LATENCY);
  // Secrets are read once in five minutes by each environment, whoever is due: a small sample would pay for all.
  const million = (used: Consumption) => used.only(resource => resource !== 'decryptions').times(MILLION / accounts);
  const [timelines, messages, events] = [sample.timelines, sample.messages, sample.events].map(million);
  if (timelines === undefined || messages === undefined || events === undefined)
    throw new RangeError('Nothing is there.');
  const counted = timelines.only(resource => resource !== 'gbSeconds');
  const mailing = messages.only(resource => resource === 'mails');
  const calls = [...sample.stripeCalls].map(([call, count]) => `${Number((count / accounts).toFixed(2))} ${call}`);
  return {
    title: 'AWS list price per 1M five-step dunning timelines',
    figures: [
      {
        what: 'timelines: waiting, waking, looking, deciding',
        value: timelines.cost,
        unit: 'USD',
        goal: { atMost: 13 },
      },
      { what: 'of them counted units, without Lambda time', value: counted.cost, unit: 'USD' },
      {
        what: 'their mails, texts and commands, without what SES takes',
        value: messages.cost - mailing.cost,
        unit: 'USD',
      },
      { what: 'what SES takes for the mails', value: mailing.cost, unit: 'USD' },
      { what: "Stripe's events in that time", value: events.cost, unit: 'USD' },
      { what: 'looks at a debt', value: sample.looks / accounts, unit: '' },
      {
        what: 'calls to Stripe per timeline',
        value: [...sample.stripeCalls.values()].reduce((sum, count) => sum + count, 0) / accounts,
        unit: 'calls',
      },
    ],
    notes: [
      `Sample: ${accounts} accounts, from the failed charge to the day after service stopped; ${sample.mails / accounts} mails each.`,
      `Timelines by resource: ${byResource(timelines)}. Lambda waits ${STRIPE_LATENCY} ms for each answer of Stripe.`,
      `Messages by resource: ${byResource(messages)}. Events by resource: ${byResource(events)}.`,
      `Calls to Stripe by dunning: ${calls.join(', ')} a timeline.`,
      "The sweeper's runs and reads of secrets are the deployment's, whoever is due; here is what the sweeper does for these items.",
    ],
  };
}
