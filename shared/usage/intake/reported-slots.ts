import * as z from 'zod';
import { DAY, type Instant, MINUTE, SECOND } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { SLOT } from '../pages/page-key.ts';

const KEPT_FOR = 60 * DAY;
/** Of all sources, in one process: two weeks of twenty of them. */
const MOST_REMEMBERED = 30_000;

/** `source-day#<name>` / `2026-11-12`: an attribute `q<minute of the day>` for each quarter of an hour with usage. */
const DayItem = z.looseObject({ sk: z.string() });

/**
 * In which quarters of an hour each source has reported usage, by the start of its records. What comes late fills its
 * own place, and writing it again changes nothing: so gaps are exact whatever the order. A process writes each quarter
 * once.
 */
export class ReportedSlots {
  readonly #ledger: Table;
  readonly #known = new Set<string>();

  constructor(ledger: Table) {
    this.#ledger = ledger;
  }

  async note(source: string, slots: Iterable<Instant>): Promise<void> {
    const fresh = [...slots].filter(slot => !this.#known.has(`${source} ${slot}`));
    for (const [day, ofDay] of Map.groupBy(fresh, slot => Math.floor(slot / DAY) * DAY)) {
      const set: Record<string, unknown> = Object.fromEntries(ofDay.map(slot => [`q${(slot - day) / MINUTE}`, true]));
      const key = { pk: partitionOf(source), sk: dayText(day) };
      await this.#ledger.update(key, { set: { ...set, expiresAt: Math.floor((day + KEPT_FOR) / SECOND) } });
    }
    if (this.#known.size + fresh.length > MOST_REMEMBERED) this.#known.clear();
    for (const slot of fresh) this.#known.add(`${source} ${slot}`);
  }

  /** The starts of the quarters with usage from that day on, in order. */
  async since(source: string, from: Instant): Promise<Instant[]> {
    const range = { pk: partitionOf(source), between: [dayText(from), '9'] as const };
    const slots: Instant[] = [];
    for await (const { sk, ...quarters } of this.#ledger.query(range, DayItem)) {
      const day = Date.parse(sk);
      for (const name of Object.keys(quarters)) {
        const [, minute] = /^q(\d+)$/.exec(name) ?? [];
        if (minute !== undefined) slots.push(day + Number(minute) * MINUTE);
      }
    }
    return slots.sort((a, b) => a - b);
  }
}

/** Shorter silences are ordinary: a small source has no call in every quarter. */
const SHORTEST_GAP = 4 * SLOT;

export interface Gap {
  readonly from: Instant;
  readonly to: Instant;
}

/** Stretches of an hour and more without usage, between the first and the last that has some. */
export function gapsBetween(slots: readonly Instant[]): Gap[] {
  return slots.flatMap((slot, index) => {
    const next = slots[index + 1];
    const from = slot + SLOT;
    return next !== undefined && next - from >= SHORTEST_GAP ? [{ from, to: next }] : [];
  });
}

function partitionOf(source: string): string {
  return `source-day#${source}`;
}

function dayText(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}
