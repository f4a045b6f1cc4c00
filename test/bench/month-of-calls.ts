import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { RawPage } from '#shared/usage/pages/decode-pages.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { printFacts, printStamp, stamped } from '#shared/usage/pages/page-codec.ts';
import { pageKey, printSlot, recordAttribute, slotStart } from '#shared/usage/pages/page-key.ts';
import { aCatalog } from '#test/builders/catalog.ts';
import { NOVEMBER } from '#test/builders/rating.ts';

const PREFIXES = 40_000;

/** Allowances from two zones to two destinations, 40 000 prefixes, a peak band with holidays. */
export function operatorCatalog(): CatalogVersion {
  const conditions = { from: ['home', 'eu'], to: ['domestic', 'eu'] };
  return aCatalog(
    {
      zones: { eu: { countries: ['DE', 'DK', 'FI', 'FR', 'NL', 'NO'] }, world: { rest: true } },
      destinations: { domestic: ['46'], eu: ['31', '33', '358', '45', '47', '49'] },
      bands: { peak: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '20:00', holidays: ['SE'] } },
      tables: { voice: 'voice.csv' },
      plans: [
        {
          id: 'basic',
          name: { en: 'Basic' },
          fee: { EUR: '10.00' },
          allowances: [{ id: 'minutes', kind: 'voice', amount: '100 min', ...conditions }],
          charges: [{ id: 'voice', kind: 'voice', table: 'voice', increments: '60/1' }],
        },
      ],
    },
    { 'voice.csv': voiceTable() },
  );
}

/** 40 000 prefixes of 2 to 7 digits, nested, every fifth with a peak price. */
function voiceTable(): string {
  const random = randomNumbers(7);
  const prefixes = new Set(['46', '31', '33', '358', '45', '47', '49', '1', '44']);
  while (prefixes.size < PREFIXES) {
    const length = 2 + Math.floor(random() * 6);
    prefixes.add(String(10 ** (length - 1) + Math.floor(random() * 9 * 10 ** (length - 1))));
  }
  const rows = [...prefixes].flatMap((prefix, index) => {
    const price = (0.01 + (index % 97) / 400).toFixed(4);
    const general = `${prefix},*,EUR,0.05,${price},60`;
    return index % 5 === 0 ? [general, `${prefix},peak,EUR,0.05,${(Number(price) * 2).toFixed(4)},60`] : [general];
  });
  return ['prefix,band,currency,setup,price,per', ...rows, '*,*,EUR,0.05,1.25,60'].join('\n');
}

/** Calls of about `seconds`, spread evenly over November. */
export function monthOf(size: number, seconds: number): KeptRecord[] {
  const random = randomNumbers(size);
  const step = (NOVEMBER.end - NOVEMBER.start) / size;
  return Array.from({ length: size }, (_, index) => {
    const startedAt = NOVEMBER.start + Math.floor(index * step);
    const page = pageKey(printSlot(slotStart(startedAt)), 'voice');
    const peer = `+${1 + Math.floor(random() * 9)}${String(Math.floor(random() * 1e10)).padStart(10, '0')}`;
    return {
      facts: {
        source: 'switch',
        id: `call-${String(index).padStart(12, '0')}`,
        name: '+46700000001',
        kind: 'voice',
        direction: 'out' as const,
        peer,
        startedAt,
        units: Math.max(1, Math.floor(seconds * (0.5 + random()))),
        network: random() < 0.9 ? undefined : '26201',
      },
      acceptedSeconds: Math.floor(startedAt / 1_000) + 30,
      page,
      voided: false,
    };
  });
}

/** The same records as the table holds them. */
export function pagesOf(records: readonly KeptRecord[]): RawPage[] {
  const pages = new Map<string, RawPage & { texts: Record<string, { S: string }> }>();
  for (const { facts, page, acceptedSeconds } of records) {
    const item = pages.get(page) ?? { name: facts.name, page, texts: {} };
    pages.set(page, item);
    const onPage = printFacts({ ...facts, offsetMs: facts.startedAt - slotStart(facts.startedAt) });
    item.texts[recordAttribute(facts.source, facts.id)] = { S: stamped(onPage, printStamp(acceptedSeconds, 'x7q')) };
  }
  return [...pages.values()];
}

/** Mulberry32: the same numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
