import * as z from 'zod';

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

/** A text as it is set: nothing is ever left out of it. */
export interface TextLayout {
  readonly lines: readonly string[];
  /** The style's, smaller where a number would not fit otherwise. */
  readonly size: number;
}

export const LINE_HEIGHT = 1.35;

/** Longer ones are no amounts, numbers or quantities but names and addresses, and may go on in the next line. */
const LONGEST_NUMBER = 24;
const UNKNOWN = '\ufffd';
const CONTROL = /\p{Cc}/u;
const PRIVATE = /\p{Co}/u;

/** pdfkit keeps the font that is set in a member that its types do not have. */
const CurrentFont = z.object({
  _font: z.object({ font: z.custom<{ hasGlyphForCodePoint(code: number): boolean }>() }),
});

/** Widths of letters, and how texts are divided into lines by them. */
export class TextMeasure {
  readonly #doc: PDFKit.PDFDocument;
  /** Of each letter, at size 1. */
  readonly #widths = { regular: new Map<string, number>(), bold: new Map<string, number>() };
  /** Letters that the font does not have, and what is set in their place. */
  readonly #missing = new Map<string, string>();

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc;
  }

  /**
   * Sum of the letters' widths. Without kerning, which is nothing between digits and little elsewhere: laying out each
   * text a second time to measure it is a third of the time of a long annex.
   */
  widthOf(text: string, { size, bold = false }: TextStyle): number {
    const widths = this.#widths[bold ? 'bold' : 'regular'];
    let sum = 0;
    for (const letter of text) sum += widths.get(letter) ?? this.#measure(letter, bold, widths);
    return sum * size;
  }

  /**
   * By words, which part at plain spaces. A number is never divided: what is too wide for it is set smaller. Any other
   * long word goes on in the next line.
   */
  layOut(text: string, width: number, style: TextStyle): TextLayout {
    const room = width + 0.5;
    if (this.widthOf(text, style) <= room) return { lines: [text], size: style.size };
    const lines: string[] = [];
    let line = '';
    let scale = 1;
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.widthOf(longer, style) <= room) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      const wordWidth = this.widthOf(word, style);
      if (wordWidth > room && isNumber(word)) scale = Math.min(scale, width / wordWidth);
      const pieces = wordWidth <= room || isNumber(word) ? [word] : this.#pieces(word, width, style);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? '';
    }
    return { lines: line === '' ? lines : [...lines, line], size: style.size * scale };
  }

  /** With a sign for each letter that the font lacks: the standard for archives allows none without a glyph. */
  printable(text: string): string {
    if (this.#missing.size === 0) return text;
    return Array.from(text, letter => this.#missing.get(letter) ?? letter).join('');
  }

  /** Behind a sign that parts, where there is one. */
  #pieces(word: string, width: number, style: TextStyle): string[] {
    const pieces: string[] = [];
    let piece = '';
    for (const letter of word) {
      if (piece !== '' && this.widthOf(piece + letter, style) > width) {
        const parts = Math.max(...['@', '.', '-', '/', '_'].map(sign => piece.lastIndexOf(sign))) + 1;
        const end = parts > piece.length / 2 ? parts : piece.length;
        pieces.push(piece.slice(0, end));
        piece = piece.slice(end);
      }
      piece += letter;
    }
    return [...pieces, piece];
  }

  #measure(letter: string, bold: boolean, widths: Map<string, number>): number {
    const doc = this.#doc.font(bold ? 'bold' : 'regular');
    const { font } = CurrentFont.parse(doc)._font;
    const isThere = font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0) && !PRIVATE.test(letter);
    if (CONTROL.test(letter)) this.#missing.set(letter, ' ');
    else if (!isThere) this.#missing.set(letter, UNKNOWN);
    const width = doc.fontSize(1_000).widthOfString(this.#missing.get(letter) ?? letter) / 1_000;
    widths.set(letter, width);
    return width;
  }
}

function isNumber(word: string): boolean {
  return word.length <= LONGEST_NUMBER && /\d/.test(word);
}
