import type { BillDocument } from '../document/bill-document.ts';
import type { BillWords } from './bill-words.ts';

/** As people think of them; other kinds come behind. */
const ORDER = ['voice', 'sms', 'mms', 'data'];

export interface HistoryView {
  readonly title: string;
  readonly rows: readonly {
    readonly period: string;
    /** `Calls 96 minutes · Data 5.69 GB` */
    readonly used: string;
    readonly total: string;
  }[];
}

/** How use developed, a row for each period; `undefined`: there was none before this one. */
export function historyView({ history }: BillDocument, words: BillWords): HistoryView | undefined {
  if (history === undefined) return undefined;
  const { texts, formats } = words;
  const kinds = [...new Set([...ORDER, ...history.flatMap(({ use }) => Object.keys(use))])];
  return {
    title: texts.history,
    rows: history.map(({ period, use, total }) => {
      const used = kinds.flatMap(kind =>
        use[kind] ? [`${texts.kinds(kind)} ${unitsOf(kind, use[kind], words)}`] : [],
      );
      return {
        period: formats.span({ start: Date.parse(period.start), end: Date.parse(period.end) }),
        used: used.join(' · '),
        total: formats.money(total),
      };
    }),
  };
}

function unitsOf(kind: string, units: number, { formats }: BillWords): string {
  if (kind === 'voice') return formats.minutes(Math.ceil(units / 60));
  return formats.units(units, kind === 'data' ? 'B' : '1');
}
