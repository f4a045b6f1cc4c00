import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import type { Locale } from '#shared/locale/locales.ts';
import { aBillInput, aBillRecord, anInvoicedLine } from './bills.ts';

/**
 * A fee of 15.00, calls for 7.13 whose single amounts make 7.1312, and 30.00 of data: 52.13. Less a discount of 2.00 it
 * is 50.13, and 25 % of that are 12.53: 62.66 in all. Amsterdam is an hour ahead of UTC.
 */
export function aBillForASheet(locale: Locale): BillDocument {
  const outcome = buildBill(aBillInput([anInvoicedLine()]));
  if ('differs' in outcome) throw new Error(JSON.stringify(outcome.differs));
  const { bill } = outcome;
  const [section] = bill.sections;
  const [line] = section?.lines ?? [];
  if (section === undefined || line === undefined) throw new Error('The bill has a line.');
  const share = { line: 'line-1', number: '+31612340001', amount: '0' };
  const of = (label: string, charge: string | null, amount: string) => ({
    ...line,
    label,
    charge,
    amount,
    shares: [share],
  });
  const call = { number: '+31612340001', charge: 'voice', startedAt: '2026-11-30T22:30:05Z' } as const;
  return {
    ...bill,
    locale,
    timezone: 'Europe/Amsterdam',
    sections: [
      { ...section, id: 'plans', title: 'Plans', lines: [of('Mobile 10', null, '15.00')], subtotal: '15.00' },
      { ...section, id: 'calls', title: 'Calls', lines: [of('Voice', 'voice', '7.13')], subtotal: '7.13' },
      { ...section, id: 'data', title: 'Data', lines: [of('=Extra data', 'extra', '30.00')], subtotal: '30.00' },
    ],
    records: [
      aBillRecord({ ...call, peer: '+46701110001', used: 90, billed: 120, amount: '0.715' }),
      aBillRecord({ ...call, peer: '+3197012345678', used: 10, billed: 60, amount: '3.415' }),
      aBillRecord({ ...call, peer: '112', destination: null, country: 'FR', used: 20, billed: 60, amount: '3.0012' }),
      aBillRecord({
        ...call,
        kind: 'data',
        charge: 'extra',
        peer: null,
        destination: null,
        unit: 'B',
        used: 191_642_092,
        billed: 191_642_092,
        amount: null,
      }),
    ],
    taxes: [{ label: 'Btw 25%', rate: '25', base: '50.13', amount: '12.53', inclusive: false }],
    totals: { ...bill.totals, subtotal: '52.13', discount: '2.00', tax: '12.53', total: '62.66', due: '62.66' },
  };
}
