import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '#infra/app.ts';
import { bundleFunctions, type FunctionBundle } from '#infra/build/bundle.ts';
import { stageSettings } from '#infra/config/stages.ts';
import { type LocalCloud, startLocalCloud } from '#infra/local/local-cloud.ts';
import { STRIPE_ORIGIN } from '#infra/local/template/deployment.ts';
import { WEBHOOK_SECRET } from '#infra/local/webhook-to-product.ts';
import { aSnapshotEvent, signedAt } from '#test/builders/stripe-events.ts';
import type { Chapter } from './figure.ts';

/** The function in whose place the empty one stands: it takes posts, too. */
const REPLACED = 'usage-api';
const EMPTY = "export const handler = async () => ({ statusCode: 200, body: '{}' });\n";

/**
 * How long Stripe waits for the webhook's answer, beside a function that does nothing behind the same API, in turn.
 * @param rounds of one event each
 */
export async function benchWebhook(rounds: number): Promise<Chapter> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-webhook-'));
  const lasted = new Map<string, number[]>();
  try {
    const cloud = await startLocalCloud({
      clock: Date.UTC(2026, 10, 1),
      assembly: await assemblyWithEmptyFunction(folder),
      concurrency: 1,
      invoked: ({ function: { name }, durationMs }) => lasted.set(name, [...(lasted.get(name) ?? []), durationMs]),
    });
    try {
      const answered = await answerTimes(cloud, rounds);
      const inside = (name: string) => median((lasted.get(name) ?? []).slice(-rounds));
      return {
        title: 'Webhook',
        figures: [
          { what: "answer to Stripe's event", value: answered.webhook, unit: 'ms' },
          { what: 'answer of an empty function', value: answered.empty, unit: 'ms' },
          { what: 'the one of the other', value: answered.webhook / answered.empty, unit: 'times' },
          {
            what: 'the same without the API before them',
            value: inside('stripe-webhook') / inside(REPLACED),
            unit: 'times',
          },
        ],
        notes: [
          `Median of ${rounds} events, each followed by one to the empty function, nothing else at work in the local cloud. ` +
            'The webhook checks the signature and puts the event on a queue; nothing is left to answer for.',
        ],
      };
    } finally {
      await cloud.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds. The first tenth warms up. */
async function answerTimes(cloud: LocalCloud, rounds: number): Promise<{ webhook: number; empty: number }> {
  const [webhooks, empties]: [number[], number[]] = [[], []];
  for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
    const body = JSON.stringify({ ...aSnapshotEvent(), id: `evt_bench_${round}`, type: 'plan.created' });
    const headers = {
      'content-type': 'application/json',
      'stripe-signature': signedAt(cloud.now(), body, WEBHOOK_SECRET),
    };
    const webhook = await timed(() => post(`${cloud.api}/stripe/webhook`, body, headers));
    await cloud.settle();
    const empty = await timed(() => post(`${cloud.api}/v1/usage`, body, headers));
    if (round < 0) continue;
    webhooks.push(webhook);
    empties.push(empty);
  }
  return { webhook: median(webhooks), empty: median(empties) };
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body, headers });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function assemblyWithEmptyFunction(folder: string): Promise<string> {
  const bundles = await bundleFunctions({ outDir: join(folder, 'dist') });
  const directory = join(folder, 'empty');
  mkdirSync(directory);
  writeFileSync(join(directory, 'index.mjs'), EMPTY);
  const empty: FunctionBundle = { name: REPLACED, directory, files: ['index.mjs'], bytes: EMPTY.length };
  const settings = { ...stageSettings('dev'), stripeEndpoint: STRIPE_ORIGIN };
  const withEmpty = new Map([...bundles, [REPLACED, empty]]);
  const outDir = join(folder, 'cdk.out');
  return (await synthesize({ settings, bundles: withEmpty, outDir, checked: false })).directory;
}
