import { inflateSync } from 'node:zlib';

/** What is written at one place of a page. */
interface Word {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/**
 * The text of a PDF as a reader sees it, page by page, one string for each line, words of a line from left to right with
 * a space between them. Reads what pdfkit writes: objects in the open, embedded fonts with a table of their letters.
 */
export function pdfText(bytes: Uint8Array): string[] {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return pages.flatMap(({ head }) => {
    const content = textOfStream(objects, reference(head, 'Contents'));
    const fonts = lettersByFont(objects, objects.get(reference(head, 'Resources') ?? '')?.head ?? '');
    return linesOf(wordsOf(content, fonts));
  });
}

interface PdfObject {
  /** The dictionary. */
  readonly head: string;
  readonly stream: string | undefined;
}

function objectsOf(file: string): Map<string, PdfObject> {
  const found = new Map<string, PdfObject>();
  for (const [, id = '', body = ''] of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const begins = body.indexOf('stream\n');
    const head = begins < 0 ? body : body.slice(0, begins);
    found.set(id, { head, stream: begins < 0 ? undefined : body.slice(begins + 'stream\n'.length) });
  }
  return found;
}

/** The object that a dictionary names under this key. */
function reference(head: string, key: string): string | undefined {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1];
}

function textOfStream(objects: ReadonlyMap<string, PdfObject>, id: string | undefined): string {
  const { stream = '' } = objects.get(id ?? '') ?? {};
  // Its end is told by the compression itself.
  return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
}

/** Name of the font on the page → code → letter. */
function lettersByFont(
  objects: ReadonlyMap<string, PdfObject>,
  resources: string,
): ReadonlyMap<string, ReadonlyMap<number, string>> {
  const fonts = [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)];
  return new Map(
    fonts.map(([, name = '', id = '']) => {
      const table = reference(objects.get(id)?.head ?? '', 'ToUnicode');
      return [name, lettersOf(textOfStream(objects, table))];
    }),
  );
}

/** `<0000> <0046> [<0000> <0053> ...]`: the letters of the codes from the first on. */
function lettersOf(table: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, first = '', list = ''] of table.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)) {
    const entries = list.match(/<[^>]*>/g) ?? [];
    entries.forEach((entry, index) => {
      letters.set(Number.parseInt(first, 16) + index, utf16Of(entry.replace(/[<> ]/g, '')));
    });
  }
  return letters;
}

function utf16Of(hex: string): string {
  const units = hex.match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.map(unit => Number.parseInt(unit, 16)));
}

function wordsOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): Word[] {
  return [...content.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, block = '']) => {
    const [, x = '0', y = '0'] = /1 0 0 1 (\S+) (\S+) Tm/.exec(block) ?? [];
    const letters = fonts.get(/\/(F\d+) /.exec(block)?.[1] ?? '');
    const codes = [...block.matchAll(/<(\w+)>/g)].flatMap(([, run = '']) => run.match(/.{4}/g) ?? []);
    const text = codes.map(code => letters?.get(Number.parseInt(code, 16)) ?? '\ufffd').join('');
    return { x: Number(x), y: Number(y), text };
  });
}

/** Words of the same height are one line; the height counts from the page's foot. */
function linesOf(words: readonly Word[]): string[] {
  const lines = Map.groupBy(words, ({ y }) => Math.round(y));
  return [...lines]
    .sort(([one], [other]) => other - one)
    .map(([, line]) =>
      line
        .toSorted((one, other) => one.x - other.x)
        .map(({ text }) => text.trim())
        .join(' '),
    );
}
