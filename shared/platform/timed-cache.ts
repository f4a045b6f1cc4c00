import type { Clock } from './instant.ts';

interface Entry<V> {
  readonly value: V;
  readonly until: number;
}

/** Remembers values for a while; when it is full it forgets all, which costs a look-up each and needs no bookkeeping. */
export class TimedCache<V> {
  private readonly entries = new Map<string, Entry<V>>();
  private readonly clock: Clock;
  private readonly size: number;

  constructor(clock: Clock, size = 10_000) {
    this.clock = clock;
    this.size = size;
  }

  get(key: string): V | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && this.clock() < entry.until ? entry.value : undefined;
  }

  set(key: string, value: V, milliseconds: number): void {
    if (this.entries.size >= this.size) this.entries.clear();
    this.entries.set(key, { value, until: this.clock() + milliseconds });
  }
}
