import type { Cell, Paper, Part, Place } from './paper.ts';
import type { TextStyle } from './text-layout.ts';

interface Row {
  readonly texts: readonly string[];
  readonly places: readonly Place[];
  /** Of the whole row, or of each cell. */
  readonly style: TextStyle | readonly TextStyle[];
  /** `column`: all cells are headings, ruled off; `row`: the first one is. */
  readonly heading?: 'column' | 'row' | 'none';
  /** Below the row. */
  readonly gap?: number;
  /** Drawn again where the row begins a new page. */
  readonly again?: () => void;
}

/** A row of a table with as many cells as there are places; moves on below the highest of them. */
export function row(paper: Paper, table: Part, { texts, places, style, heading = 'row', gap = 2, again }: Row): void {
  const cells = places.map((place, index): Cell => {
    const text = texts[index] ?? '';
    const own = 'size' in style ? style : (style[index] ?? style[0]);
    if (own === undefined) throw new RangeError('A row of a table has no style.');
    if (heading === 'column') return { tag: 'TH', text, place, style: own, scope: 'Column' };
    if (heading === 'row' && index === 0) return { tag: 'TH', text, place, style: own, scope: 'Row' };
    return { tag: 'TD', text, place, style: own };
  });
  const height = Math.max(...cells.map(cell => paper.heightOf(cell.text, cell.place.width, cell.style)));
  if (paper.room(height)) again?.();
  const element = paper.part('TR', table);
  paper.cells(element, cells);
  paper.close(element);
  paper.y += height + gap;
  if (heading === 'column') ruledOff(paper);
}

/** The head of a table once more on the next page: seen, and not said again. */
export function headAgain(
  paper: Paper,
  texts: readonly string[],
  places: readonly Place[],
  style: TextStyle,
  gap = 2,
): void {
  const cells = places.map((place, index): Cell => ({ tag: 'TH', text: texts[index] ?? '', place, style }));
  paper.y += paper.record(undefined, 'TH', cells) + gap;
  ruledOff(paper);
}

function ruledOff(paper: Paper): void {
  paper.rule();
  paper.y += 4;
}
