/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | readonly Html[] | null;

/** What is put in is escaped, unless it is HTML itself; `null` is nothing. */
export function html(fixed: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(fixed.map((part, index) => part + textOf(pieces[index] ?? null)).join(''));
}

function textOf(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(each => each.text).join('');
  return String(piece).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
