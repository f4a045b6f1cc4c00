import { type FailureDetail, InvalidInput } from '#shared/platform/failure.ts';
import { contains, type Instant, type Period, parseInstant, printInstant } from '#shared/platform/instant.ts';
import { decodePages } from '#shared/usage/pages/decode-pages.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { printStamp, stamped } from '#shared/usage/pages/page-codec.ts';
import { pageKey, printSlot, recordAttribute } from '#shared/usage/pages/page-key.ts';
import { isRefused, type PageEntry, recordChecker } from '#shared/usage/posting/check-record.ts';
import type { PriceRequest } from './price-request.ts';

/** Among the errors of one request. */
const MOST_ERRORS = 1_000;

/** The source that these records are of: they were posted by nobody. */
const SOURCE = 'price';

/** Clock and lateness do not matter (contract section 8): nothing is too late, nothing in the future. */
const ANY_TIME = {
  acceptedAt: Number.POSITIVE_INFINITY,
  sourceCode: SOURCE,
  keptSince: () => Number.NEGATIVE_INFINITY,
};

/** Accepted at the same moment, so that none is before another. */
const STAMP = printStamp(0, SOURCE);

/** The name under which a line's records stand in place of a number. */
export function pricedName(line: string): string {
  return `line:${line}`;
}

/**
 * The records of a request as rating takes them: checked as posted ones are, put on pages as intake puts them, and read
 * from there, so that voids and partial records mean what they mean in an account's period. In the order of the request.
 * @throws InvalidInput 422 `invalid-body` with errors per record: `lines/0/records/3/seconds`
 */
export function pricedRecords(lines: PriceRequest['lines'], period: Period): KeptRecord[] {
  const check = recordChecker(ANY_TIME);
  const errors: FailureDetail[] = [];
  const pages: Pages = new Map();
  const places = new Map<string, string>();
  lines.forEach(({ line, records }, lineIndex) => {
    records.forEach((record, index) => {
      const path = `lines/${lineIndex}/records/${index}`;
      const faults = (details: readonly FailureDetail[]) =>
        void errors.push(...details.map(one => ({ ...one, path: one.path === '' ? path : `${path}/${one.path}` })));
      const ownLine = lineOf(record);
      const checked = ownLine.length > 0 ? ownLine : check(withLine(record, line));
      if (isRefused(checked)) {
        faults(checked);
        return;
      }
      faults(misplaced(checked, record, period, places.get(checked.attribute)));
      places.set(checked.attribute, path);
      putOnPage(pages, checked);
    });
  });
  if (errors.length > 0) {
    const detail = 'Some records cannot be priced; `errors` says which and why.';
    throw new InvalidInput(422, 'invalid-body', detail, { errors: errors.slice(0, MOST_ERRORS) });
  }
  const tenures = lines.map(({ line }) => ({ name: pricedName(line), from: Number.NEGATIVE_INFINITY }));
  const { records } = decodePages([...pages.values()], tenures, period, () => SOURCE);
  const order = new Map([...places.keys()].map((attribute, place) => [attribute, place]));
  const placeOf = ({ facts }: KeptRecord) => order.get(recordAttribute(SOURCE, facts.id)) ?? 0;
  return records.sort((a, b) => placeOf(a) - placeOf(b));
}

const LINE_ABOVE: FailureDetail = {
  path: 'line',
  code: 'unknown-field',
  message: 'The line stands beside "records", once for all of them.',
};

function lineOf(record: unknown): readonly FailureDetail[] {
  return isObject(record) && 'line' in record ? [LINE_ABOVE] : [];
}

function withLine(record: unknown, line: string): unknown {
  return isObject(record) ? { ...record, line: pricedName(line) } : record;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function misplaced(
  { attribute }: PageEntry,
  record: unknown,
  period: Period,
  taken: string | undefined,
): FailureDetail[] {
  // A second void of the same record changes nothing.
  if (taken !== undefined && !attribute.startsWith('!')) {
    const message = `The same id is at ${taken}; each record of a request has its own.`;
    return [{ path: 'id', code: 'repeated-id', message }];
  }
  const startedAt = startOf(record);
  if (startedAt === undefined || contains(period, startedAt)) return [];
  const message = `It is outside the period from ${printInstant(period.start)} to ${printInstant(period.end)}.`;
  return [{ path: 'startedAt', code: 'outside-period', message }];
}

function startOf(record: unknown): Instant | undefined {
  if (!isObject(record) || !('startedAt' in record) || typeof record.startedAt !== 'string') return undefined;
  return parseInstant(record.startedAt);
}

type Pages = Map<
  string,
  { readonly name: string; readonly page: string; readonly texts: Record<string, { S: string }> }
>;

/** The first write wins, as on a page. */
function putOnPage(pages: Pages, { name, kind, slotStart, attribute, facts }: PageEntry): void {
  const page = pageKey(printSlot(slotStart), kind);
  const key = `${name} ${page}`;
  const known = pages.get(key) ?? { name, page, texts: {} };
  pages.set(key, known);
  known.texts[attribute] ??= { S: stamped(facts, STAMP) };
}
