import type { Instant } from '#shared/platform/instant.ts';
import type { DueEntry, DueKind } from '../records/due-entry.ts';
import type { Store } from './store.ts';

/** At most one entry per kind and subject. */
export class Agenda {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  plan(kind: DueKind, subject: string, at: Instant): void {
    this.#store.put('due', `${kind}/${subject}`, { kind, subject, at, sequence: this.#store.nextSequence() });
  }

  cancel(kind: DueKind, subject: string): void {
    this.#store.remove('due', `${kind}/${subject}`);
  }

  earliest(): DueEntry | undefined {
    let earliest: DueEntry | undefined;
    for (const entry of this.#store.all('due')) {
      if (!earliest || entry.at < earliest.at || (entry.at === earliest.at && entry.sequence < earliest.sequence)) {
        earliest = entry;
      }
    }
    return earliest;
  }
}
