import PDFDocument from 'pdfkit';

/** Font files, TrueType. They are embedded as subsets; the standard fonts of PDF have no Polish, no narrow spaces. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

export interface PaperOptions {
  readonly fonts: Fonts;
  readonly title: string;
  readonly author: string;
  readonly locale: string;
  readonly createdAt: Date;
}

type Structure = ReturnType<PDFKit.PDFDocument['struct']>;

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

/** Where text stands: from `x`, `width` wide; `right` aligns it to the right edge. */
export interface Place {
  readonly x: number;
  readonly width: number;
  readonly right?: boolean;
}

export const MARGIN = 48;
export const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN - 16;
const LINE_HEIGHT = 1.35;

export const INK = '#1a1d21';
export const GREY = '#565c65';
export const RULE = '#d5d9df';
export const ACCENT = '#0b5c7a';

/** A4 pages, tagged for screen readers: everything that is said belongs to the structure, lines and footers do not. */
export class Paper {
  readonly doc: PDFKit.PDFDocument;
  readonly #root: Structure;
  readonly #bytes: Promise<Uint8Array>;
  y = MARGIN;
  #colour: { readonly page: unknown; readonly value: string } = { page: undefined, value: '' };

  constructor({ fonts, title, author, locale, createdAt }: PaperOptions) {
    const regular = Buffer.from(fonts.regular.buffer, fonts.regular.byteOffset, fonts.regular.byteLength);
    const bold = Buffer.from(fonts.bold.buffer, fonts.bold.byteOffset, fonts.bold.byteLength);
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      tagged: true,
      lang: locale,
      displayTitle: true,
      bufferPages: true,
      // The moment of the bill, not of the printing: the same bill is the same bytes.
      info: { Title: title, Author: author, CreationDate: createdAt, ModDate: createdAt },
      // None to begin with: pdfkit's own default is a file that no bundle has, and a font known under two names is parsed
      // anew at every use.
      font: '',
    });
    this.#bytes = collect(this.doc);
    this.doc.registerFont('regular', regular);
    this.doc.registerFont('bold', bold);
    this.#root = this.doc.struct('Document', { lang: locale });
    this.doc.addStructure(this.#root);
  }

  /** A structure element with its own children: sections, tables, rows. Call `end` on it when all is in it. */
  part(tag: string, parent: Structure = this.#root): Structure {
    const part = this.doc.struct(tag);
    parent.add(part);
    return part;
  }

  /** A piece of text on one line at the present height; does not move on. */
  word(parent: Structure, tag: string, text: string, place: Place, style: TextStyle, scope?: 'Column' | 'Row'): void {
    const options: { readonly title?: string; readonly scope?: string } = scope === undefined ? {} : { scope };
    const content = text === '' ? [] : [() => this.#put(text, place, style)];
    const element = this.doc.struct(tag, options, content);
    parent.add(element);
  }

  /** Several pieces of text of one line that are one element: each element more is an object in the file. */
  words(parent: Structure, tag: string, texts: readonly string[], places: readonly Place[], style: TextStyle): void {
    const draw = () => {
      for (const [index, place] of places.entries()) {
        const text = texts[index] ?? '';
        if (text !== '') this.#put(text, place, style);
      }
    };
    parent.add(this.doc.struct(tag, {}, [draw]));
  }

  /** Text over as many lines as it takes; moves on. */
  paragraph(parent: Structure | undefined, tag: string, text: string, place: Place, style: TextStyle): void {
    this.doc.font(style.bold ? 'bold' : 'regular').fontSize(style.size);
    for (const line of this.#lines(text, place.width)) {
      this.room(style.size * LINE_HEIGHT);
      this.word(parent ?? this.#root, tag, line, place, style);
      this.y += style.size * LINE_HEIGHT;
    }
  }

  /** How high a paragraph would be. */
  heightOf(text: string, width: number, style: TextStyle): number {
    this.doc.font(style.bold ? 'bold' : 'regular').fontSize(style.size);
    return this.#lines(text, width).length * style.size * LINE_HEIGHT;
  }

  /** Begins a new page when less than this is left. Answers whether it did. */
  room(height: number): boolean {
    if (this.y + height <= BOTTOM) return false;
    this.page();
    return true;
  }

  page(): void {
    this.doc.addPage();
    this.y = MARGIN;
  }

  /** Nothing that is said. */
  artifact(draw: (doc: PDFKit.PDFDocument) => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw(this.doc);
    this.doc.endMarkedContent();
    this.#colour = { page: undefined, value: '' };
  }

  rule(x = MARGIN, width = WIDTH): void {
    this.artifact(doc =>
      doc
        .moveTo(x, this.y)
        .lineTo(x + width, this.y)
        .lineWidth(0.6)
        .stroke(RULE),
    );
  }

  /** Writes the footers and closes the file. */
  async finish(footer: (page: number, pages: number) => readonly [left: string, right: string]): Promise<Uint8Array> {
    this.#root.end();
    const { count } = this.doc.bufferedPageRange();
    const style = { size: 8, colour: GREY };
    for (let page = 0; page < count; page++) {
      this.doc.switchToPage(page);
      this.y = 841.89 - MARGIN + 8;
      const [left, right] = footer(page + 1, count);
      this.artifact(() => {
        this.#put(left, { x: MARGIN, width: WIDTH }, style);
        this.#put(right, { x: MARGIN, width: WIDTH, right: true }, style);
      });
    }
    this.doc.end();
    return this.#bytes;
  }

  #put(text: string, { x, width, right }: Place, style: TextStyle): void {
    this.#use(style);
    const whole = this.doc.widthOfString(text);
    const fitting = whole <= width + 0.5 ? text : this.#cut(text, width);
    const left = right ? x + width - (fitting === text ? whole : this.doc.widthOfString(fitting)) : x;
    this.doc.text(fitting, left, this.y, { lineBreak: false });
  }

  /** Each setting is a line in the page's content: only what differs from the last one on the page is written. */
  #use({ size, bold = false, colour = INK }: TextStyle): void {
    const { doc } = this;
    doc.font(bold ? 'bold' : 'regular').fontSize(size);
    if (this.#colour.page === doc.page && this.#colour.value === colour) return;
    doc.fillColor(colour);
    this.#colour = { page: doc.page, value: colour };
  }

  #cut(text: string, width: number): string {
    let shorter = text;
    while (shorter.length > 1 && this.doc.widthOfString(`${shorter}…`) > width) shorter = shorter.slice(0, -1);
    return `${shorter}…`;
  }

  /** By words. pdfkit's own wrapping knows no tags per line and would add pages by itself. */
  #lines(text: string, width: number): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && this.doc.widthOfString(longer) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  }
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
