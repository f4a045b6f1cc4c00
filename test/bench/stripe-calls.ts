import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '#infra/app.ts';
import { bundleFunctions } from '#infra/build/bundle.ts';
import { stageSettings } from '#infra/config/stages.ts';
import { STRIPE_ORIGIN } from '#infra/local/template/deployment.ts';
import type { Chapter, Figure } from './figure.ts';
import { type Month, sampleMonths, total } from './month-sample.ts';
import { SUBSCRIBERS, sampleOf } from './subscribers.ts';

const METERS = '/v1/billing/meter';
const HABIT = { pages: 100, perPage: 1 };

/**
 * Stripe calls of 10 000 subscribers in a month with 1M records: those of a sample of real months, in which every third
 * has something chargeable every day, scaled up.
 * @param daily the month of `subscribers` with `push: daily`, as measured for its cost
 */
export async function benchStripeCalls(daily: Month, subscribers: number): Promise<Chapter> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-gate-'));
  try {
    const assembly = await assemblyWithGate(folder);
    const gate = await aMonth(subscribers, 'third', assembly);
    const quiet = await aMonth(3, 'none');
    const perAccount = (calls: ReadonlyMap<string, number>, accounts: number) => total(calls) / accounts;
    const month = ({ stripe }: Month, to = '') =>
      ((total(stripe.days, to) + total(stripe.closing, to)) * SUBSCRIBERS) / subscribers;
    const figures: Figure[] = [
      {
        what: 'push daily: calls a month of 10 000 subscribers',
        value: month(daily),
        unit: 'calls',
        goal: { atMost: 120_000 },
      },
      {
        what: 'push daily: those to meters',
        value: month(daily, METERS),
        unit: 'calls',
        goal: { atMost: 120_000 },
        steady: true,
      },
      {
        what: 'push at the gate: calls a month of 10 000 subscribers',
        value: month(gate),
        unit: 'calls',
        goal: { atMost: 25_000 },
      },
      {
        what: 'push at the gate: those to meters',
        value: month(gate, METERS),
        unit: 'calls',
        goal: { atMost: 25_000 },
        steady: true,
      },
      {
        what: 'nothing billable moved: calls while the period lasts',
        value: total(quiet.stripe.days),
        unit: 'calls',
        goal: { atMost: 0 },
        steady: true,
      },
      {
        what: "nothing billable moved: calls at the period's end, each account",
        value: perAccount(quiet.stripe.closing, 3),
        unit: 'calls',
      },
    ];
    const others = (daily.otherStripeCalls * SUBSCRIBERS) / subscribers;
    return {
      title: 'Stripe calls per 1M records',
      figures,
      notes: [
        `Months of ${subscribers} subscribers of 10 000, every third with a chargeable record on each of 30 days.`,
        `Push daily, at the period's end: ${list(daily.stripe.closing, subscribers)}.`,
        `Push at the gate, at the period's end: ${list(gate.stripe.closing, subscribers)}.`,
        `Counted are the calls of rating: meters, their confirmation, subscription and invoice of the period. In answer to Stripe's events and on schedules come ${Math.round(others / 1_000)} 000 more, whatever was used.`,
        `Nothing billable, at the period's end: ${list(quiet.stripe.closing, 3)}.`,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function aMonth(subscribers: number, billable: 'none' | 'third', assembly?: string): Promise<Month> {
  const sample = sampleOf(subscribers, billable);
  const [month] = await sampleMonths({ sample, habit: HABIT, ...(assembly !== undefined && { assembly }) });
  if (month === undefined) throw new Error('There is no month.');
  return month;
}

async function assemblyWithGate(folder: string): Promise<string> {
  const bundles = await bundleFunctions({ outDir: join(folder, 'dist') });
  const settings = { ...stageSettings('dev'), stripeEndpoint: STRIPE_ORIGIN, push: 'gate' as const };
  return (await synthesize({ settings, bundles, outDir: join(folder, 'cdk.out'), checked: false })).directory;
}

/** Per account: `1 GET /v1/invoices`. */
function list(calls: ReadonlyMap<string, number>, accounts: number): string {
  const counts = [...calls].map(([call, count]) => `${Number((count / accounts).toFixed(2))} ${call}`);
  return `${counts.join(', ')} an account`;
}
