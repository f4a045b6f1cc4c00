import type { Subject } from './subject.ts';

/** Those to whom the flow happens in one run. Who gets into trouble takes no further part; the others go on. */
export class Party {
  readonly subjects: readonly Subject[];
  readonly #troubles = new Map<Subject, string>();

  constructor(subjects: readonly Subject[]) {
    this.subjects = subjects;
  }

  /** One after the other. */
  async each(work: (subject: Subject) => Promise<unknown>): Promise<void> {
    for (const subject of this.subjects) {
      if (this.#troubles.has(subject)) continue;
      await work(subject).catch(error => this.#troubles.set(subject, String(error).slice(0, 1_000)));
    }
  }

  troubleOf(subject: Subject): string | undefined {
    return this.#troubles.get(subject);
  }
}
