import * as z from 'zod';
import type { UsageFacts } from '../pages/facts.ts';

/** Why a record is kept and not billed (contract 2.3). */
export const QUARANTINE_CODES = [
  'unknown-line',
  'line-not-active',
  'unrated',
  'conflict',
  'not-yet-supported',
] as const;
export type QuarantineCode = (typeof QUARANTINE_CODES)[number];

/** A record that is in quarantine at this moment. */
export interface QuarantinedRecord {
  readonly code: QuarantineCode;
  readonly facts: UsageFacts;
  readonly acceptedSeconds: number;
  readonly account?: string | undefined;
}

export interface QuarantineFilter {
  readonly code?: QuarantineCode | undefined;
  readonly source?: string | undefined;
  /** The service identifier. */
  readonly line?: string | undefined;
  readonly id?: string | undefined;
}

export const REASONS: Readonly<Record<QuarantineCode, string>> = {
  'unknown-line':
    'No line has ever had this identifier. Its records count by themselves once a line has it, from before their time on.',
  'line-not-active': 'No line had this identifier at that time: it is before the start of a line, or after its end.',
  unrated:
    'No charge or rate row of the plan matches. Its records count by themselves once the catalog has one. A national number (0701...) is matched by no row: post it anew with its country, as +46701...',
  conflict:
    'A record with this id and other facts was accepted before. To correct that one, void it and post this one under a new id; to put this one aside, dismiss it.',
  'not-yet-supported': 'The record needs something that is not supported yet.',
};

/**
 * Quarantine has no records, only pointers to where some may be: what is there is told by looking, so that a record
 * leaves quarantine by itself when the cause is gone. Who points where:
 * - `unowned`, intake: a page of a name that had no owner when it was written
 * - `conflict`, intake: a record that lost on its page; its facts are in the archive
 * - `period`, rating: an account's period in which rating left records out
 */
export const Pointer = z.discriminatedUnion('family', [
  z.object({ family: z.literal('unowned'), name: z.string(), page: z.string() }),
  z.object({
    family: z.literal('conflict'),
    source: z.string(),
    batch: z.string(),
    name: z.string(),
    page: z.string(),
    attribute: z.string(),
    facts: z.string().describe('Digest of the losing facts, which the archive has in full.'),
    archive: z.string(),
    acceptedSeconds: z.int(),
  }),
  z.object({
    family: z.literal('period'),
    account: z.string(),
    start: z.number(),
    end: z.number(),
    records: z.int(),
  }),
]);
export type Pointer = z.infer<typeof Pointer>;
export type PointerFamily = Pointer['family'];
export type PointerTo<F extends PointerFamily> = Extract<Pointer, { family: F }>;

/** Which pointers can lead to records of a code. */
export const FAMILIES: Readonly<Record<QuarantineCode, readonly PointerFamily[]>> = {
  'unknown-line': ['unowned'],
  'line-not-active': ['unowned', 'period'],
  unrated: ['period'],
  conflict: ['conflict', 'period'],
  'not-yet-supported': ['period'],
};
