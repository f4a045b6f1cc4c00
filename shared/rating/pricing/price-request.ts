import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { LineId } from '#shared/accounts/identifiers/service-identifier.ts';
import { Timezone } from '#shared/accounts/records/account-fields.ts';
import { type BodyReader, jsonBody } from '#shared/platform/http/body.ts';
import { DAY } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';

/** Of one request, over all its lines. */
export const MOST_RECORDS = 10_000;
export const MOST_LINES = 1_000;
export const MOST_PLANS = 20;
const LONGEST_PERIOD = 366 * DAY;

const Period = z
  .strictObject({ start: StoredInstant, end: StoredInstant })
  .refine(({ start, end }) => start < end, { error: 'must end after its start', params: { code: 'empty-period' } })
  .refine(({ start, end }) => end - start <= LONGEST_PERIOD, {
    error: 'must be at most 366 days long',
    params: { code: 'period-too-long' },
  });

const Line = <R extends z.ZodType>(record: R) => z.strictObject({ line: LineId, records: z.array(record) });

const Fields = <R extends z.ZodType>(record: R) =>
  z.strictObject({
    plans: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(MOST_PLANS)
      .optional()
      .describe('Each is priced alone, as if all lines were on it.'),
    account: AccountId.optional().describe(
      'In place of `plans`: its lines on their own plans, in its currency and on its clock.',
    ),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be ISO 4217, such as SEK')
      .optional()
      .describe('Required with `plans`.'),
    timezone: Timezone.optional().describe("Of the bands' wall clock; UTC unless it is given."),
    period: Period.optional().describe('Required with `plans`; of an account its current period, unless it is given.'),
    lines: z.array(Line(record)).min(1).max(MOST_LINES),
  });

const Body = Fields(z.unknown()).check(({ value, issues }) => {
  for (const problem of misfits(value)) {
    issues.push({
      code: 'custom',
      input: value,
      path: [problem.field],
      message: problem.message,
      params: { code: problem.code },
    });
  }
});

/** Body of `POST /v1/price` (contract section 8). Its records are not looked at yet. */
export type PriceRequest = z.infer<typeof Body>;

interface Misfit {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** What the fields demand of each other. */
function misfits({ plans, account, currency, timezone, period, lines }: z.infer<ReturnType<typeof Fields>>): Misfit[] {
  const wrong: Misfit[] = [];
  const demand = (field: string, isThere: boolean) => {
    if (!isThere) wrong.push({ field, code: 'required', message: 'is needed with plans' });
  };
  const refuse = (field: string, isThere: boolean) => {
    if (isThere) wrong.push({ field, code: 'not-with-account', message: 'is that of the account; leave it out' });
  };
  if (account === undefined) {
    if (plans === undefined) {
      const message = 'or "account" is needed: what the records are priced by';
      wrong.push({ field: 'plans', code: 'plans-or-account', message });
    } else {
      demand('currency', currency !== undefined);
      demand('period', period !== undefined);
    }
  } else {
    refuse('plans', plans !== undefined);
    refuse('currency', currency !== undefined);
    refuse('timezone', timezone !== undefined);
  }
  if (new Set(plans).size < (plans?.length ?? 0)) {
    wrong.push({ field: 'plans', code: 'repeated', message: 'must name each plan once' });
  }
  if (new Set(lines.map(({ line }) => line)).size < lines.length) {
    wrong.push({ field: 'lines', code: 'repeated', message: 'must name each line once' });
  }
  const records = lines.reduce((sum, line) => sum + line.records.length, 0);
  if (records > MOST_RECORDS) {
    wrong.push({
      field: 'lines',
      code: 'too-many-records',
      message: `must have at most ${MOST_RECORDS} records in all; it has ${records}`,
    });
  }
  return wrong;
}

/** As the API document has it: `UsageRecord` says the rest, and each record is checked by it. */
const DocumentedRecord = z
  .looseObject({ id: z.string(), kind: z.string(), startedAt: z.string().describe('RFC 3339 with offset.') })
  .meta({ id: 'RecordToPrice', description: 'A `UsageRecord` without `line`, which stands beside the records.' });

/** Records are checked one by one, as posted ones are, by `pricedRecords`. */
export const priceBody: BodyReader<PriceRequest> = {
  ...jsonBody(Body),
  content: () => ({ 'application/json': Fields(DocumentedRecord) }),
};
