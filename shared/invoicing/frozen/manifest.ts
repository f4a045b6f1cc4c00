import { sha256 } from '#shared/platform/digest.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';

/**
 * Which records a closed period was billed from. What is on the pages and not in here came too late. A record that was
 * void when the period closed stands with a `!`, so that a later void is late too.
 */
export interface Manifest {
  /** `<source>/<id>`, with `!` in front of a voided one; sorted. */
  readonly records: readonly string[];
  /** Of the lines. */
  readonly digest: string;
}

export function manifestOf(records: Iterable<KeptRecord>): Manifest {
  return manifestOfEntries(Array.from(records, manifestEntry));
}

/** @param entries see `manifestEntry` */
export function manifestOfEntries(entries: readonly string[]): Manifest {
  const lines = entries.toSorted();
  return { records: lines, digest: sha256(lines.join('\n')) };
}

/** Sources are kebab-case, so the first `/` parts them from the id. */
export function manifestEntry({ facts, voided }: KeptRecord): string {
  return `${voided ? '!' : ''}${facts.source}/${facts.id}`;
}
