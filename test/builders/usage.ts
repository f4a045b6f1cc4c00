import type { PostedRecord } from '#shared/usage/posting/record.ts';

let made = 0;

function anId(): string {
  made += 1;
  return `r-${made}`;
}

type Fields = Partial<PostedRecord>;

/** An answered call of a minute to a Swedish number from home. */
export function aCall(fields: Fields = {}): PostedRecord {
  return {
    id: anId(),
    line: '+46701234567',
    kind: 'voice',
    peer: '+46812345678',
    startedAt: '2026-11-02T08:00:00Z',
    seconds: 60,
    ...fields,
  };
}

export function anSms(fields: Fields = {}): PostedRecord {
  return {
    id: anId(),
    line: '+46701234567',
    kind: 'sms',
    peer: '+46812345678',
    startedAt: '2026-11-02T08:00:00Z',
    ...fields,
  };
}

/** 10 MB at home. */
export function aDataSession(fields: Fields = {}): PostedRecord {
  return {
    id: anId(),
    line: '+46701234567',
    kind: 'data',
    startedAt: '2026-11-02T08:00:00Z',
    bytes: 10_000_000,
    ...fields,
  };
}

/** The void of a record, as contract 2.1 wants it: line, kind and time are the original's. */
export function aVoid(of: PostedRecord, fields: Fields = {}): PostedRecord {
  return { id: anId(), line: of.line, kind: of.kind, startedAt: of.startedAt, voids: of.id, ...fields };
}
