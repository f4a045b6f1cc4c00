import type { BillDocument } from '../document/bill-document.ts';
import { type RecordsPage, SHOWN_AT_ONCE } from '../records/records-page.ts';
import { billWords } from '../view/bill-words.ts';
import type { LinkView } from '../view/foot-view.ts';

/** Where the records of a long list are that the page does not show. */
export interface RecordLinks {
  /** `1 to 500 of 40,000`. */
  readonly shown: string;
  readonly note: string | undefined;
  /** The pages before and behind, and the files. */
  readonly links: readonly LinkView[];
}

/** Which of a bill's records a page shows. */
export interface ShownRecords {
  readonly page: RecordsPage;
  /** Where another page is; `undefined`: pages have no address. */
  readonly pageHref?: (page: number) => string;
  /** Parts on paper that are there, in order. */
  readonly papers: readonly string[];
  /** The files are not all there yet. */
  readonly isInTheMaking: boolean;
  /** The table of all records for machines, where it is a file of its own and there. */
  readonly table: string | undefined;
}

/** `undefined`: all records are shown. */
export function recordLinks(
  bill: BillDocument,
  { page, pageHref, papers, table, isInTheMaking }: ShownRecords,
): RecordLinks | undefined {
  const { from, records, all } = page;
  if (records.length === all) return undefined;
  const { texts, formats } = billWords(bill);
  const print = (n: number) => formats.number(String(n));
  const number = Math.floor(from / SHOWN_AT_ONCE) + 1;
  const to = (label: string, place: number) =>
    pageHref === undefined ? [] : [{ label, href: pageHref(place), printed: '' }];
  return {
    shown: texts.recordsShown(print(from + 1), print(from + records.length), print(all)),
    note: isInTheMaking ? texts.recordsInTheMaking : undefined,
    links: [
      ...(from > 0 ? to(texts.earlierRecords, number - 1) : []),
      ...(from + records.length < all ? to(texts.laterRecords, number + 1) : []),
      ...(table === undefined ? [] : [{ label: texts.recordsAsCsv, href: table, printed: '' }]),
      ...papers.map((href, place) => ({
        label: texts.recordsAsPdf(String(place + 1), String(bill.annex?.parts ?? papers.length)),
        href,
        printed: '',
      })),
    ],
  };
}
