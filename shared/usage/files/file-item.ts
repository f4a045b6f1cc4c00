import * as z from 'zod';
import { DueFields } from '#shared/platform/due.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key } from '#shared/platform/table.ts';
import type { Checkpoint } from '../formats/file-entry.ts';
import { FileCounts } from './file-counts.ts';
import { FILE_REASONS } from './unreadable-file.ts';

export const FILE_STATES = ['waiting', 'reading', 'counted', 'refused'] as const;

/**
 * Ledger item `file#<file>` / `file`: a file of usage from the moment it was announced.
 *
 *   waiting ──▶ looked through once ──▶ reading: its ranges are due items of their own ──▶ all done ──▶ counted
 *      └── nothing can be read of it ──▶ refused, with a case; woken again it is looked through anew
 */
export const FileItem = DueFields.extend({
  kind: z.literal('file'),
  file: z.string(),
  source: z.string(),
  name: z.string(),
  /** Of the object. */
  key: z.string(),
  state: z.enum(FILE_STATES),
  openedAt: StoredInstant,
  /** Of an upload: until when its address takes bytes. */
  uploadUntil: StoredInstant.optional(),
  /** Of the object as it was announced. */
  etag: z.string().optional(),
  reason: z.object({ code: z.enum(FILE_REASONS), detail: z.string() }).optional(),
  /** As of when its records are accepted: the same for every range and repeat. */
  acceptedAt: StoredInstant.optional(),
  /** SHA-256 of the content without its packing, hex. */
  digest: z.string().optional(),
  /** Bytes without packing. */
  size: z.int().optional(),
  isPacked: z.boolean().default(false),
  ranges: z.int().default(0),
  /** Of a file that was refused and is looked through anew, the ranges of the attempt before do not count. */
  plan: z.int().default(0),
  rangesDone: z.int().default(0),
  /** Once everything is counted. */
  counts: FileCounts.optional(),
  /** How often it was begun since it last came further. */
  tries: z.int().default(0),
});
export type FileItem = z.output<typeof FileItem>;

/** `file#<file>` / `range#0000`: lines of a file that are read together; it says how far they are counted. */
export const RangeItem = DueFields.extend({
  kind: z.literal('range'),
  file: z.string(),
  plan: z.int().default(0),
  /** Bytes of the plain content; it does not belong to the range. */
  end: z.int(),
  /** Everything before is counted. */
  from: z.custom<Checkpoint>(isCheckpoint),
  isDone: z.boolean().default(false),
  counts: FileCounts,
  tries: z.int().default(0),
});
export type RangeItem = z.output<typeof RangeItem>;

function isCheckpoint(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'offset' in value && 'row' in value && 'skip' in value;
}

export function fileKey(file: string): Key {
  return { pk: `file#${file}`, sk: 'file' };
}

/** The file that an item is about. */
export function fileOfKey({ pk }: Key): string {
  return pk.slice('file#'.length);
}

export function rangeKey(file: string, range: number): Key {
  return { pk: `file#${file}`, sk: `range#${String(range).padStart(4, '0')}` };
}

/** How often work may begin without coming further, before a person has to look. */
export const MOST_TRIES = 5;
