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
  readonly footer: (page: number, pages: number) => readonly [left: string, right: string];
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

/** Where a picture stands, from the present height on. */
export interface Box {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

export const MARGIN = 48;
export const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN - 16;
const LINE_HEIGHT = 1.35;

export const INK = '#1a1d21';
export const GREY = '#565c65';
export const RULE = '#d5d9df';

/** A4 pages, tagged for screen readers: everything that is said belongs to the structure, lines and footers do not. */
export class Paper {
  readonly doc: PDFKit.PDFDocument;
  readonly #root: Structure;
  readonly #bytes: Promise<Uint8Array>;
  readonly #footer: PaperOptions['footer'];
  #page = 1;
  #pages = 0;
  /** Nothing is drawn: only the height counts. */
  isDraft = true;
  /** Of each letter, at size 1. */
  readonly #widths = { regular: new Map<string, number>(), bold: new Map<string, number>() };
  y = MARGIN;
  #colour: { readonly page: unknown; readonly value: string } = { page: undefined, value: '' };

  constructor({ fonts, title, author, locale, createdAt, footer }: PaperOptions) {
    this.#footer = footer;
    const regular = Buffer.from(fonts.regular.buffer, fonts.regular.byteOffset, fonts.regular.byteLength);
    const bold = Buffer.from(fonts.bold.buffer, fonts.bold.byteOffset, fonts.bold.byteLength);
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      tagged: true,
      lang: locale,
      displayTitle: true,
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

  /**
   * Lays everything out twice: first only to count the pages, then for good. Each page is written out with its footer
   * as soon as it is full, so that 10 000 records need no more memory than the function has.
   */
  async print(compose: (paper: Paper) => void): Promise<Uint8Array> {
    compose(this);
    this.isDraft = false;
    this.#pages = this.#page;
    this.#page = 1;
    this.y = MARGIN;
    compose(this);
    this.#root.end();
    this.#putFooter();
    this.doc.end();
    return this.#bytes;
  }

  /** A structure element with its own children: sections, tables, rows. `close` it when all is in it. */
  part(tag: string, parent: Structure = this.#root): Structure {
    if (this.isDraft) return this.#root;
    const part = this.doc.struct(tag);
    parent.add(part);
    return part;
  }

  close(part: Structure): void {
    if (!this.isDraft) part.end();
  }

  /** A piece of text on one line at the present height; does not move on. */
  word(parent: Structure, tag: string, text: string, place: Place, style: TextStyle, scope?: 'Column' | 'Row'): void {
    if (this.isDraft) return;
    const options: { readonly title?: string; readonly scope?: string } = scope === undefined ? {} : { scope };
    const content = text === '' ? [] : [() => this.#put(text, place, style)];
    const element = this.doc.struct(tag, options, content);
    parent.add(element);
  }

  /** Several pieces of text of one line that are one element: each element more is an object in the file. */
  words(parent: Structure, tag: string, texts: readonly string[], places: readonly Place[], style: TextStyle): void {
    if (this.isDraft) return;
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
    for (const line of this.#lines(text, place.width, style)) {
      this.room(style.size * LINE_HEIGHT);
      this.word(parent ?? this.#root, tag, line, place, style);
      this.y += style.size * LINE_HEIGHT;
    }
  }

  /** How high a paragraph would be. */
  heightOf(text: string, width: number, style: TextStyle): number {
    return this.#lines(text, width, style).length * style.size * LINE_HEIGHT;
  }

  /** Begins a new page when less than this is left. Returns whether it did. */
  room(height: number): boolean {
    if (this.y + height <= BOTTOM) return false;
    this.page();
    return true;
  }

  page(): void {
    if (!this.isDraft) {
      this.#putFooter();
      this.doc.addPage();
    }
    this.#page += 1;
    this.y = MARGIN;
  }

  /** Nothing that is said. */
  artifact(draw: (doc: PDFKit.PDFDocument) => void): void {
    if (this.isDraft) return;
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw(this.doc);
    this.doc.endMarkedContent();
    this.#colour = { page: undefined, value: '' };
  }

  /** A picture (PNG or JPEG), as large as fits; does not move on. */
  picture(parent: Structure, bytes: Uint8Array, alt: string, { x, width, height }: Box): void {
    if (this.isDraft) return;
    const draw = () => this.doc.image(Buffer.from(bytes), x, this.y, { fit: [width, height] });
    parent.add(this.doc.struct('Figure', { alt }, [draw]));
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

  #putFooter(): void {
    const style = { size: 8, colour: GREY };
    this.y = 841.89 - MARGIN + 8;
    const [left, right] = this.#footer(this.#page, this.#pages);
    this.artifact(() => {
      this.#put(left, { x: MARGIN, width: WIDTH }, style);
      this.#put(right, { x: MARGIN, width: WIDTH, right: true }, style);
    });
  }

  #put(words: string, { x, width, right }: Place, style: TextStyle): void {
    this.#use(style);
    // Nothing breaks here. pdfkit remembers the layout of each word, and words part at plain spaces.
    const text = words.replaceAll('\u00a0', ' ');
    const whole = this.#widthOf(text, style);
    const fitting = whole <= width + 0.5 ? text : this.#cut(text, width, style);
    const left = right ? x + width - (fitting === text ? whole : this.#widthOf(fitting, style)) : x;
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

  /**
   * Sum of the letters' widths. Without kerning, which is nothing between digits and little elsewhere: laying out each
   * text a second time to measure it is a third of the time of a long annex.
   */
  #widthOf(text: string, { size, bold = false }: TextStyle): number {
    const widths = this.#widths[bold ? 'bold' : 'regular'];
    let sum = 0;
    for (const letter of text) {
      let width = widths.get(letter);
      if (width === undefined) {
        width =
          this.doc
            .font(bold ? 'bold' : 'regular')
            .fontSize(1_000)
            .widthOfString(letter) / 1_000;
        this.doc.fontSize(size);
        widths.set(letter, width);
      }
      sum += width;
    }
    return sum * size;
  }

  #cut(text: string, width: number, style: TextStyle): string {
    let shorter = text;
    while (shorter.length > 1 && this.#widthOf(`${shorter}…`, style) > width) shorter = shorter.slice(0, -1);
    return `${shorter}…`;
  }

  /** By words. pdfkit's own wrapping knows no tags per line and would add pages by itself. */
  #lines(text: string, width: number, style: TextStyle): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && this.#widthOf(longer, style) > width) {
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
