import type { IdentifierTenure } from '#shared/accounts/account.ts';
import type { Period } from '#shared/platform/instant.ts';
import { type DecodedUsage, decodePages, type RawPage } from './decode-pages.ts';
import { type PageReader, rangesOf } from './read-pages.ts';

/** What the names of one line have in a stretch of time, in no order. Stretches of a line follow each other in time. */
export interface UsageOfStretch extends DecodedUsage {
  /** Place of the line. */
  readonly line: number;
}

/** Lines whose first pages are asked for ahead. */
const LINES_AHEAD = 16;

/**
 * The usage of a period line by line, in stretches of about a megabyte of pages: what is read was used up before the next
 * is asked for, so that a million records need no more memory than ten thousand.
 * @param lines the tenures of each line's names
 * @param consistent costs twice and sees everything that intake has counted
 */
export async function* streamUsage(
  reader: PageReader,
  lines: readonly (readonly IdentifierTenure[])[],
  period: Period,
  { consistent }: { readonly consistent: boolean },
): AsyncGenerator<UsageOfStretch> {
  const open = (tenures: readonly IdentifierTenure[]) =>
    rangesOf(tenures, period, consistent).map(range => new NameCursor(reader.batches(range)));
  const ahead = lines.slice(0, LINES_AHEAD).map(open);
  for (const [line, tenures] of lines.entries()) {
    const cursors = ahead.shift() ?? [];
    const next = lines[line + LINES_AHEAD];
    if (next !== undefined) ahead.push(open(next));
    for await (const pages of stretchesOf(cursors)) {
      yield { line, ...decodePages(pages, tenures, period, await reader.sources.namesFor(pages)) };
    }
  }
}

/**
 * Pages of several names, in whole slots: what one name has in a slot never comes without what the others have in it, and
 * a page never without its overflow pages.
 */
async function* stretchesOf(cursors: readonly NameCursor[]): AsyncGenerator<RawPage[]> {
  await Promise.all(cursors.map(cursor => cursor.fill()));
  for (;;) {
    const open = cursors.filter(cursor => !cursor.isDone);
    // The last slot of what was read may go on in what was not.
    const limit = open.map(({ lastSlot }) => lastSlot).sort()[0];
    const pages = cursors.flatMap(cursor => cursor.takeBefore(limit));
    if (pages.length > 0) yield pages;
    if (limit === undefined) return;
    await Promise.all(open.filter(({ lastSlot }) => lastSlot === limit).map(cursor => cursor.fill()));
  }
}

/** The pages of one name in order of time, one answer of the table ahead of what is asked for. */
class NameCursor {
  isDone = false;
  readonly #batches: AsyncIterator<readonly RawPage[]>;
  #ahead: Promise<IteratorResult<readonly RawPage[]>>;
  #pages: readonly RawPage[] = [];

  constructor(batches: AsyncIterable<readonly RawPage[]>) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#ahead = this.#read();
  }

  /** Of the pages that were read and not taken yet; all are of earlier slots, or of it. */
  get lastSlot(): string {
    return slotOf(this.#pages.at(-1));
  }

  async fill(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#ahead;
      if (done) {
        this.isDone = true;
        return;
      }
      this.#ahead = this.#read();
      this.#pages = [...this.#pages, ...value];
      if (value.length > 0) return;
    }
  }

  /** All of them without a limit. */
  takeBefore(limit: string | undefined): readonly RawPage[] {
    const pages = this.#pages;
    const found = limit === undefined ? -1 : pages.findIndex(page => slotOf(page) >= limit);
    const end = found < 0 ? pages.length : found;
    this.#pages = pages.slice(end);
    return pages.slice(0, end);
  }

  #read(): Promise<IteratorResult<readonly RawPage[]>> {
    const answer = this.#batches.next();
    // Whoever fills the cursor hears of a failure; until then nobody listens.
    answer.catch(() => undefined);
    return answer;
  }
}

/** `2026-11-01T00:15` */
function slotOf(page: RawPage | undefined): string {
  return page?.page.slice(0, page.page.indexOf('#')) ?? '';
}
