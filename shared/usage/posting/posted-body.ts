import * as z from 'zod';
import { cutText } from '#shared/platform/cut-text.ts';
import { InvalidInput } from '#shared/platform/failure.ts';
import {
  BODY_LIMITS,
  type BodyReader,
  isNestedWithin,
  parseJson,
  type RawBody,
  tooDeep,
  unsupportedType,
} from '#shared/platform/http/body.ts';
import { PostedRecord } from './record.ts';

export const MOST_RECORDS = 10_000;

/** A line of NDJSON that is not JSON; it is refused like a bad record, its neighbours are taken. */
export class NotJson {
  /** Of the body, from 1, blank ones counted too. */
  readonly line: number;
  readonly text: string;

  constructor(line: number, text: string) {
    this.line = line;
    this.text = text;
  }
}

/** What was posted, not yet looked at: 1 to 10 000 values. */
export interface PostedBody {
  readonly values: readonly unknown[];
}

/** Contract 2.2: a JSON array, `{"records": [...]}` or NDJSON. */
export const postedBody: BodyReader<PostedBody> = {
  // Records are checked one by one, by `checkRecord`: a bad one is refused alone.
  content: () => {
    const records = z.array(PostedRecord).min(1).max(MOST_RECORDS);
    return {
      'application/json': z.union([records, z.strictObject({ records })]),
      'application/x-ndjson': z.string().describe('A record a line.'),
    };
  },
  read: body => {
    const values = valuesOf(body);
    if (values.length > MOST_RECORDS) {
      throw new InvalidInput(413, 'too-many-records', `A batch has at most ${MOST_RECORDS} records.`);
    }
    if (values.length === 0) throw new InvalidInput(422, 'no-records', 'A batch has at least one record.');
    return { values };
  },
};

function valuesOf({ contentType, text }: RawBody): unknown[] {
  if (contentType === 'application/x-ndjson') return lines(text);
  if (contentType !== 'application/json') {
    throw unsupportedType(contentType, 'application/json', 'application/x-ndjson');
  }
  const content = parseJson(text);
  if (Array.isArray(content)) return content;
  const records = typeof content === 'object' && content !== null && 'records' in content ? content.records : undefined;
  if (Array.isArray(records)) {
    refuseOthers(Object.keys(content ?? {}));
    return records;
  }
  if (!isNestedWithin(content, BODY_LIMITS.depth)) throw tooDeep();
  throw new InvalidInput(422, 'no-records', 'Send an array of records, or {"records": [...]}.');
}

/** A batch id that stands in the body would be passed over without a word. */
function refuseOthers(fields: readonly string[]): void {
  const errors = fields
    .filter(field => field !== 'records')
    .map(field => ({ path: cutText(field, 100), code: 'unknown-field', message: OTHER_FIELD }));
  if (errors.length > 0)
    throw new InvalidInput(422, 'invalid-body', 'The body has other fields than records.', { errors });
}

const OTHER_FIELD = 'Only "records" stands here; the id of a batch is in the address: POST /v1/usage?batch=...';

function lines(text: string): unknown[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch {
      return [new NotJson(index + 1, line)];
    }
  });
}
