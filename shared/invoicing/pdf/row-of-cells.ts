import type { Paper, Place, TextStyle } from './paper.ts';

export type Part = ReturnType<Paper['part']>;

/** A row of a table; a header is ruled off. */
export function rowOfCells(
  paper: Paper,
  table: Part,
  texts: readonly string[],
  places: readonly Place[],
  tag: 'TH' | 'TD',
  style: TextStyle,
): void {
  const row = paper.part('TR', table);
  for (const [index, place] of places.entries()) {
    paper.word(row, tag, texts[index] ?? '', place, style, tag === 'TH' ? 'Column' : undefined);
  }
  paper.close(row);
  paper.y += style.size * 1.35 + 2;
  if (tag === 'TH') {
    paper.rule();
    paper.y += 4;
  }
}
