import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import { billPdf } from '#shared/invoicing/pdf/bill-pdf.ts';
import { aBillInput, aBillRecord, anInvoicedLine } from '#test/builders/bills.ts';

// Bundled and run in a process of its own by `bills.ts`: as the function runs it, and with a memory of its own.
// `page`, `paper` or `annex` as first argument, the project's folder as second. Prints one number of JSON fields.

const [, , what = '', project = ''] = process.argv;
const require = createRequire(`${project}/package.json`);
const font = (name: string) => readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
const fonts = { regular: font('DejaVuSans'), bold: font('DejaVuSans-Bold') };

function bill(records: number): BillDocument {
  const lines = Array.from({ length: 12 }, (_, n) => anInvoicedLine({ description: `Charge ${n}` }));
  const outcome = buildBill(aBillInput(lines));
  if ('differs' in outcome) throw new Error(JSON.stringify(outcome.differs));
  const calls = Array.from({ length: records }, (_, n) =>
    aBillRecord({
      startedAt: `${new Date(Date.UTC(2026, 10, 1) + n * 250_000).toISOString().slice(0, 19)}Z`,
      peer: `+4670${1_000_000 + ((n * 7_919) % 8_999_999)}`,
      used: 60 + (n % 977),
      amount: `0.${1_000 + (n % 977)}`,
    }),
  );
  return { ...outcome.bill, records: records === 0 ? null : calls };
}

async function median(rounds: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1_000);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

const one = bill(0);
if (what === 'page') {
  await median(50, () => billPage(one));
  console.log(JSON.stringify({ milliseconds: await median(101, () => billPage(one)) }));
} else if (what === 'paper') {
  await median(20, () => billPdf(one, fonts));
  console.log(JSON.stringify({ milliseconds: await median(31, () => billPdf(one, fonts)) }));
} else {
  const long = bill(10_000);
  const milliseconds = await median(1, () => billPdf(long, fonts));
  console.log(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1_000 }));
}
