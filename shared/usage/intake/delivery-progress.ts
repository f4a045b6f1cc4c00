import { allInParallel } from '#shared/platform/in-parallel.ts';
import { factsDigest } from '../quarantine/expand-quarantine.ts';
import type { Pointer } from '../quarantine/quarantine.ts';
import { CONFLICTS_NAMED, UNMATCHED_NAMED } from './batch-marker.ts';
import type { Delivery, PagePlan, PlannedRecord, Verdict } from './plan-pages.ts';
import type { IntakeDependencies } from './take-in.ts';

export interface WrittenRecord {
  readonly record: PlannedRecord;
  readonly verdict: Verdict;
  /** Of a void: the record that it means is there. */
  readonly meetsRecord: boolean;
  /** No line had the identifier when it started. */
  readonly isUnowned: boolean;
  readonly expiresAtSeconds: number;
}

const POINTERS_AT_ONCE = 16;

/** What has become of one delivery's records so far. */
export class DeliveryProgress {
  readonly delivery: Delivery;
  private readonly failures: unknown[] = [];
  private readonly conflicts: string[] = [];
  private readonly pointers = new Map<string, { readonly pointer: Pointer; readonly expiresAtSeconds: number }>();
  private counted = 0;
  private duplicates = 0;
  private quarantined = 0;
  private readonly unmatched: string[] = [];

  constructor(delivery: Delivery) {
    this.delivery = delivery;
  }

  fail(failure: unknown): void {
    this.failures.push(failure);
  }

  add({ name, page }: PagePlan, { record, verdict, meetsRecord, isUnowned, expiresAtSeconds }: WrittenRecord): void {
    if (verdict === 'conflict') {
      this.conflicts.push(idOf(record));
      this.pointTo(this.conflictPointer(name, page, record), expiresAtSeconds);
      return;
    }
    this.counted += 1;
    if (verdict === 'duplicate') this.duplicates += 1;
    if (!meetsRecord) this.unmatched.push(idOf(record));
    if (!isUnowned) return;
    this.quarantined += 1;
    this.pointTo({ family: 'unowned', name, page }, expiresAtSeconds);
  }

  /** @throws the first failure of its pages; then nothing is counted */
  async finish(ports: IntakeDependencies): Promise<void> {
    const [failure] = this.failures;
    if (failure !== undefined) throw failure;
    const pointers = [...this.pointers.values()];
    await allInParallel(pointers, POINTERS_AT_ONCE, one => ports.point(one.pointer, one.expiresAtSeconds));
    const { message } = this.delivery;
    await ports.countBatch(message, {
      accepted: message.accepted,
      counted: this.counted,
      duplicates: this.duplicates,
      conflicts: this.conflicts.slice(0, CONFLICTS_NAMED),
      conflicting: this.conflicts.length,
      quarantined: this.quarantined,
      ...(this.unmatched.length > 0 && { unmatchedVoids: this.unmatched.slice(0, UNMATCHED_NAMED) }),
    });
  }

  private pointTo(pointer: Pointer, expiresAtSeconds: number): void {
    this.pointers.set(JSON.stringify(pointer), { pointer, expiresAtSeconds });
  }

  private conflictPointer(name: string, page: string, { attribute, facts }: PlannedRecord): Pointer {
    const { message, archive } = this.delivery;
    const { source, batch, acceptedSeconds } = message;
    return {
      family: 'conflict',
      source,
      batch,
      name,
      page,
      attribute,
      facts: factsDigest(facts),
      archive,
      acceptedSeconds,
    };
  }
}

function idOf({ attribute }: PlannedRecord): string {
  return attribute.slice(attribute.indexOf(':') + 1);
}
