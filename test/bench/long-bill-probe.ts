import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { UsageOfBill } from '#shared/invoicing/document/usage-of-bill.ts';
import { printPart } from '#shared/invoicing/records/record-objects.ts';
import { RecordsInOrder } from '#shared/invoicing/records/records-in-order.ts';
import { sha256 } from '#shared/platform/digest.ts';
import { rateStream } from '#shared/rating/rate-stream.ts';
import { printFacts, printStamp, stamped } from '#shared/usage/pages/page-codec.ts';
import { pageKey, printSlot, recordAttribute, slotStart } from '#shared/usage/pages/page-key.ts';
import type { PageReader } from '#shared/usage/pages/read-pages.ts';
import { aPublishedCatalog } from '#test/builders/bills.ts';
import { aRatedAccount, aRatedLine, NOVEMBER } from '#test/builders/rating.ts';

// Bundled and run in a process of its own by `bills.ts`: rates a period of one line from its pages and puts the records of
// its bill into parts, as the function `bill-render` does. The number of records as first argument.

const MEGABYTE = 1_000_000;
const zip = promisify(gzip);
const records = Number(process.argv[2]);

/** Calls spread evenly over November, on pages that are made as they are asked for. */
const pages: PageReader = {
  query: async () => [],
  batches: async function* ({ name }) {
    let texts: Record<string, { S: string }> = {};
    let batch: { name: string; page: string; texts: typeof texts }[] = [];
    let bytes = 0;
    for (let call = 0; call < records; call++) {
      const startedAt = NOVEMBER.start + Math.floor((call * (NOVEMBER.end - NOVEMBER.start)) / records);
      const start = slotStart(startedAt);
      const page = pageKey(printSlot(start), 'voice');
      if (batch.at(-1)?.page !== page) {
        if (bytes > MEGABYTE) {
          yield batch;
          [batch, bytes] = [[], 0];
        }
        texts = {};
        batch.push({ name, page, texts });
      }
      const peer = `+4670${1_000_000 + ((call * 7_919) % 8_999_999)}`;
      const facts = printFacts({ direction: 'out', peer, units: 60 + (call % 977), offsetMs: startedAt - start });
      const S = stamped(facts, printStamp(Math.floor(startedAt / 1_000) + 30, 'x7q'));
      texts[recordAttribute('switch', `call-${String(call).padStart(12, '0')}`)] = { S };
      bytes += S.length + 24;
    }
    yield batch;
  },
  sources: { namesFor: async () => code => code },
};

const catalogs: PublishedCatalog[] = [aPublishedCatalog()];
const account = aRatedAccount({ lines: [aRatedLine()] });
const lines = [{ line: 'line-1', msisdn: '+46700000001' }];
const making = { account, period: NOVEMBER, lines, catalogs, peers: 'full', locale: 'en' } as const;
const began = process.cpuUsage();
const rated = await rateStream(
  pages,
  { account, period: NOVEMBER, catalogs, consistent: true, itemised: true },
  () =>
    new UsageOfBill(
      making,
      new RecordsInOrder(async (_, part) => {
        const text = printPart(part);
        await zip(text);
        return sha256(text);
      }, 'EUR'),
    ),
);
const { all, index } = await rated.sink.records.finish();
if ((all?.length ?? index?.records) !== records) throw new Error('Records are missing.');
const { user, system } = process.cpuUsage(began);
console.log(
  JSON.stringify({ milliseconds: (user + system) / 1_000, megabytes: process.resourceUsage().maxRSS / 1_000 }),
);
