export interface CsvRules {
  readonly delimiter: string;
  /** Empty: quotes are ordinary characters. */
  readonly quote: string;
  readonly quoting: 'lenient' | 'strict';
}

/** A row's cells; `open`: a quoted cell does not end in this text; `malformed`: a quote stands where none may. */
export type Cells = readonly string[] | 'open' | 'malformed';

/**
 * Cuts one row of CSV (RFC 4180) into cells. Lenient quoting takes a quote that neither begins nor ends a cell as it
 * is, since FreePBX writes `""Name" <1115>"`.
 */
export function csvCells(text: string, rules: CsvRules): Cells {
  const { delimiter, quote, quoting } = rules;
  if (quote === '' || !text.includes(quote)) return text.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] !== quote) {
      const stop = text.indexOf(delimiter, at);
      const cell = stop < 0 ? text.slice(at) : text.slice(at, stop);
      if (quoting === 'strict' && cell.includes(quote)) return 'malformed';
      cells.push(cell);
      if (stop < 0) return cells;
      at = stop + 1;
      continue;
    }
    const read = quotedCell(text, at + 1, rules);
    if (typeof read === 'string') return read;
    cells.push(read.cell);
    if (read.next < 0) return cells;
    at = read.next;
  }
}

/** `next` is where the following cell begins, or -1. */
function quotedCell(
  text: string,
  start: number,
  { delimiter, quote, quoting }: CsvRules,
): { readonly cell: string; readonly next: number } | 'open' | 'malformed' {
  let cell = '';
  let from = start;
  let at = text.indexOf(quote, from);
  for (; at >= 0; at = text.indexOf(quote, at)) {
    const after = text[at + 1];
    if (after === undefined) return { cell: cell + text.slice(from, at), next: -1 };
    if (after === delimiter) return { cell: cell + text.slice(from, at), next: at + 2 };
    if (after === quote) {
      cell += text.slice(from, at + 1);
      at += 2;
      from = at;
    } else if (quoting === 'strict') return 'malformed';
    else at += 1;
  }
  return 'open';
}
