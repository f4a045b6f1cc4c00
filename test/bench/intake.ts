import { gzipSync } from 'node:zlib';
import { planPages } from '#shared/usage/intake/plan-pages.ts';
import { BatchMessage, RecordList } from '#shared/usage/posting/batch-message.ts';
import { isRefused, recordChecker } from '#shared/usage/posting/check-record.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';
import { cpuTime } from './cpu-time.ts';
import type { Figure } from './figure.ts';

const RECORDS = 5_000;
const GOAL = 3;

/**
 * CPU of usage-api per record: parse the posted text, check every record, encode it and print the message; beside
 * JSON.parse of the same text. 5 000 records on as many pages, the kinds mixed: nothing is ever the same twice.
 */
export function benchIntake(): Figure[] {
  const text = JSON.stringify(Array.from({ length: RECORDS }, (_, n) => aRecord(n)));
  const parse = best(60, () => JSON.parse(text));
  const accept = best(60, () => acceptedMessage(text));
  const message = acceptedMessage(text);
  const read = best(30, () => planned(message));
  const ratio = accept / parse;
  return [
    { what: 'JSON.parse of a posted record', value: perRecord(parse), unit: 'µs' },
    {
      what: 'intake: parse, check, encode a record',
      value: perRecord(accept),
      unit: 'µs',
    },
    {
      what: 'intake beside JSON.parse of the same bytes',
      value: round(ratio),
      unit: 'times',
      goal: { atMost: GOAL },
      steady: true,
    },
    {
      what: 'intake: read a record of a message, plan pages',
      value: perRecord(read),
      unit: 'µs',
    },
    {
      what: 'a record on the queue',
      value: round(message.length / RECORDS),
      unit: 'bytes',
    },
    {
      what: 'a record in the archive',
      value: round(gzipSync(message).length / RECORDS),
      unit: 'bytes',
    },
  ];
}

function acceptedMessage(text: string): string {
  const acceptedAt = Date.UTC(2026, 10, 5);
  const { keptSince } = retainFor(24);
  const check = recordChecker({ acceptedAt, sourceCode: '1', keptSince: kind => keptSince(kind, acceptedAt) });
  const list = new RecordList();
  for (const posted of JSON.parse(text)) {
    const checked = check(posted);
    if (isRefused(checked)) throw new Error('A record of the benchmark is refused.');
    list.add(checked);
  }
  const { length, pages, records } = list;
  const head = {
    v: 1,
    batch: 'b',
    source: 'switch-1',
    sourceCode: '1',
    acceptedSeconds: acceptedAt / 1_000,
    tag: 'aaa',
  };
  return JSON.stringify({ ...head, accepted: length, pages, records });
}

function planned(text: string): void {
  const message = BatchMessage.parse(JSON.parse(text));
  if (planPages([{ id: '1', message, archive: 'a' }]).length === 0) throw new Error('No page is planned.');
}

function aRecord(n: number) {
  const startedAt = `${new Date(Date.UTC(2026, 10, 2) + n * 8_000).toISOString().slice(0, 19)}Z`;
  const common = { id: `cdr-2026-11-02-${n}`, line: `+4670${1_000_000 + ((n * 7_919) % RECORDS)}`, startedAt };
  if (n % 3 === 0) return { ...common, kind: 'voice', peer: '+46812345678', seconds: n % 600 };
  if (n % 3 === 1) return { ...common, kind: 'data', bytes: n * 1_000, network: '24001' };
  return { ...common, kind: 'sms', peer: '+46812345678' };
}

/** Other work on the machine can only make it slower: the best of many rounds is what the code costs. */
function best(rounds: number, work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const began = cpuTime();
    work();
    least = Math.min(least, cpuTime() - began);
  }
  return least;
}

function perRecord(milliseconds: number): number {
  return round((milliseconds * 1_000) / RECORDS);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
