import PDFDocument from 'pdfkit';
import { archiveMetadata } from './archive-metadata.ts';
import { LINE_HEIGHT, type TextLayout, TextMeasure, type TextStyle } from './text-layout.ts';

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

/** An element of the structure that screen readers follow. */
export type Part = ReturnType<PDFKit.PDFDocument['struct']>;

/** Where text stands: from `x`, `width` wide; `right` aligns it to the right edge. */
export interface Place {
  readonly x: number;
  readonly width: number;
  readonly right?: boolean;
}

/** A text in its place, as an element of the structure. */
export interface Cell {
  readonly tag: string;
  readonly text: string;
  readonly place: Place;
  readonly style: TextStyle;
  /** Of a heading: what it is the heading of. */
  readonly scope?: 'Column' | 'Row';
}

/** Where a picture stands, from the present height on. */
export interface Box {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

export interface PaperLink {
  readonly text: string;
  readonly href: string;
}

export const MARGIN = 48;
export const PAPER_WIDTH = 595.28;
export const PAPER_HEIGHT = 841.89;
export const WIDTH = PAPER_WIDTH - 2 * MARGIN;
const BOTTOM = PAPER_HEIGHT - MARGIN - 16;
const FOOTER = PAPER_HEIGHT - MARGIN + 8;

export const INK = '#1a1d21';
export const GREY = '#565c65';
export const RULE = '#d5d9df';

/**
 * A4 pages that pass PDF/UA-1 and PDF/A-3a: everything that is said belongs to the structure, lines and footers do not.
 * No text is ever cut: it goes on in the next line, or is set smaller.
 */
export class Paper {
  readonly doc: PDFKit.PDFDocument;
  readonly #root: Part;
  readonly #bytes: Promise<Uint8Array>;
  readonly #footer: PaperOptions['footer'];
  readonly #measure: TextMeasure;
  #page = 1;
  #pages = 0;
  /** Nothing is drawn: only the height counts. */
  isDraft = true;
  y = MARGIN;
  #footerAt = FOOTER;
  #colour: { readonly page: unknown; readonly value: string } = { page: undefined, value: '' };

  constructor({ fonts, title, author, locale, createdAt, footer }: PaperOptions) {
    this.#footer = footer;
    const regular = Buffer.from(fonts.regular.buffer, fonts.regular.byteOffset, fonts.regular.byteLength);
    const bold = Buffer.from(fonts.bold.buffer, fonts.bold.byteOffset, fonts.bold.byteLength);
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      subset: 'PDF/A-3a',
      tagged: true,
      lang: locale,
      displayTitle: true,
      // The moment of the bill, not of the printing: the same bill is the same bytes.
      info: { Title: title, Author: author, CreationDate: createdAt, ModDate: createdAt },
      // None to begin with: pdfkit's own default is a file that no bundle has, and a font known under two names is parsed
      // anew at every use.
      font: '',
    });
    archiveMetadata(this.doc);
    this.#bytes = collect(this.doc);
    this.doc.registerFont('regular', regular);
    this.doc.registerFont('bold', bold);
    this.#measure = new TextMeasure(this.doc);
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
    this.#footerAt = FOOTER;
    compose(this);
    this.#root.end();
    this.#putFooter();
    this.doc.end();
    return this.#bytes;
  }

  /** A structure element with its own children: sections, tables, rows. `close` it when all is in it. */
  part(tag: string, parent: Part = this.#root): Part {
    if (this.isDraft) return this.#root;
    const part = this.doc.struct(tag);
    parent.add(part);
    return part;
  }

  close(part: Part): void {
    if (!this.isDraft) part.end();
  }

  /** Cells side by side from the present height on; does not move on. Returns the height of the highest. */
  cells(parent: Part, cells: readonly Cell[]): number {
    let highest = 0;
    for (const { tag, text, place, style, scope } of cells) {
      const layout = this.#measure.layOut(text, place.width, style);
      highest = Math.max(highest, heightOf(layout));
      if (this.isDraft) continue;
      const content = text === '' ? [] : [() => this.#putLines(layout, this.y, place, style)];
      parent.add(this.doc.struct(tag, scope === undefined ? {} : { scope }, content));
    }
    return highest;
  }

  /** Several texts side by side that are one element: each element more is an object in the file. Returns the height. */
  record(parent: Part | undefined, tag: string, cells: readonly Cell[]): number {
    const layouts = cells.map(({ text, place, style }) => this.#measure.layOut(text, place.width, style));
    if (!this.isDraft) {
      const draw = () => {
        for (const [index, { text, place, style }] of cells.entries()) {
          const layout = layouts[index];
          // A blank behind each: nothing else parts them for a screen reader.
          if (text !== '' && layout !== undefined) this.#putLines(layout, this.y, place, style, ' ');
        }
      };
      if (parent === undefined) this.artifact(draw);
      else parent.add(this.doc.struct(tag, {}, [draw]));
    }
    return Math.max(...layouts.map(heightOf));
  }

  /** Text over as many lines, and pages, as it takes; moves on. */
  paragraph(parent: Part, tag: string, text: string, place: Place, style: TextStyle): void {
    const { lines, size } = this.#measure.layOut(text, place.width, style);
    const lineHeight = size * LINE_HEIGHT;
    const element = this.part(tag, parent);
    for (let from = 0; from < lines.length; ) {
      this.room(lineHeight);
      const fitting = Math.max(1, Math.floor((BOTTOM - this.y) / lineHeight));
      const shown = { lines: lines.slice(from, from + fitting), size };
      from += fitting;
      if (!this.isDraft) element.add(() => this.#putLines(shown, this.y, place, style, from < lines.length ? ' ' : ''));
      this.y += shown.lines.length * lineHeight;
    }
    this.close(element);
  }

  /** Links one behind the other, parted by points; moves on. */
  links(parent: Part, links: readonly PaperLink[], { x, width }: Place, style: TextStyle): void {
    const lineHeight = style.size * LINE_HEIGHT;
    const point = ' · ';
    this.room(lineHeight);
    const element = this.part('P', parent);
    let left = x;
    for (const [index, { text, href }] of links.entries()) {
      const isLast = index === links.length - 1;
      const layout = this.#measure.layOut(text, width, style);
      const wide = Math.max(...layout.lines.map(line => this.#measure.widthOf(line, { ...style, size: layout.size })));
      if (left > x && left + wide > x + width) {
        left = x;
        this.y += lineHeight;
        this.room(lineHeight);
      }
      if (!this.isDraft) this.#link(element, href, layout, { x: left, width: wide }, style);
      this.y += (layout.lines.length - 1) * lineHeight;
      left += wide;
      if (isLast) continue;
      if (!this.isDraft) element.add(() => this.#put(point, left, this.y, style));
      left += this.#measure.widthOf(point, style);
    }
    this.y += lineHeight;
    this.close(element);
  }

  #link(parent: Part, href: string, layout: TextLayout, place: Place, style: TextStyle): void {
    const element = this.part('Link', parent);
    element.add(() => this.#putLines(layout, this.y, place, { ...style, colour: style.colour ?? INK }));
    // Its description, which readers say: text, and not a name of PDF as plain strings are.
    const Contents: string = Object(layout.lines.join(' '));
    this.doc.link(place.x, this.y, place.width, heightOf(layout), href, { structParent: element, Contents });
    this.close(element);
  }

  /** How high a text would be. */
  heightOf(text: string, width: number, style: TextStyle): number {
    return heightOf(this.#measure.layOut(text, width, style));
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
    this.#footerAt = FOOTER;
  }

  /** On this page the footer stands here, because the foot of the page is something else's. */
  raiseFooter(y: number): void {
    this.#footerAt = y;
  }

  widthOf(text: string, style: TextStyle): number {
    return this.#measure.widthOf(text, style);
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
  picture(parent: Part, bytes: Uint8Array, alt: string, { x, width, height }: Box): void {
    const { y } = this;
    this.figure(parent, alt, { x, width, height }, doc => {
      doc.image(Buffer.from(bytes), x, y, { fit: [width, height] });
    });
  }

  /** Anything that is drawn and means something; `alt` says what. Does not move on. */
  figure(parent: Part, alt: string, { x, width, height }: Box, draw: (doc: PDFKit.PDFDocument) => void): void {
    if (this.isDraft) return;
    const bbox = [x, this.y, x + width, this.y + height] as const;
    parent.add(this.doc.struct('Figure', { alt, bbox }, [() => draw(this.doc)]));
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

  #putFooter(): void {
    const style = { size: 8, colour: GREY };
    this.y = this.#footerAt;
    const [left, right] = this.#footer(this.#page, this.#pages);
    this.artifact(() => {
      this.#put(left, MARGIN, this.y, style);
      this.#put(right, MARGIN + WIDTH - this.#measure.widthOf(right, style), this.y, style);
    });
  }

  /** `behind` ends each line. */
  #putLines({ lines, size }: TextLayout, top: number, place: Place, style: TextStyle, behind = ''): void {
    const set = { ...style, size };
    for (const [index, line] of lines.entries()) {
      const left = place.right ? place.x + place.width - this.#measure.widthOf(line, set) : place.x;
      const isLast = index === lines.length - 1;
      this.#put(line + (isLast ? behind : ' '), left, top + index * size * LINE_HEIGHT, set);
    }
  }

  #put(words: string, x: number, y: number, style: TextStyle): void {
    this.#use(style);
    // Nothing breaks here. pdfkit remembers the layout of each word, and words part at plain spaces.
    const text = this.#measure.printable(words).replaceAll('\u00a0', ' ');
    this.doc.text(text, x, y, { lineBreak: false });
  }

  /** Each setting is a line in the page's content: only what differs from the last one on the page is written. */
  #use({ size, bold = false, colour = INK }: TextStyle): void {
    const { doc } = this;
    doc.font(bold ? 'bold' : 'regular').fontSize(size);
    if (this.#colour.page === doc.page && this.#colour.value === colour) return;
    doc.fillColor(colour);
    this.#colour = { page: doc.page, value: colour };
  }
}

function heightOf({ lines, size }: TextLayout): number {
  return lines.length * size * LINE_HEIGHT;
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
