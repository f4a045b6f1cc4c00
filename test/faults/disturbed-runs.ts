import { isDeepStrictEqual } from 'node:util';
import type { Call } from '#infra/local/gateway/call-log.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import { CleanSlate } from './clean-slate.ts';
import type { FaultPoint } from './fault-points.ts';
import type { Flow } from './flow.ts';
import { nextStart } from './next-start.ts';

export interface Undisturbed {
  readonly end: object;
  /** In the order in which they were made, functions starting cold. */
  readonly callsOf: (functionName: string) => readonly Call[];
  readonly deliveriesTo: (functionName: string) => number;
}

/** How queues batch is left to chance, and with it whether a function's last calls take place. */
export const NOT_HIT = 'the fault was not hit';

const UNDISTURBED_WEBHOOKS = { duplicate: false, reorder: false };

/** Runs the flow again and again on one cloud, each time some days later and from a clean slate. */
export class DisturbedRuns {
  readonly #prepared: PreparedCloud;
  readonly #flow: Flow;
  readonly #slate: CleanSlate;

  constructor(prepared: PreparedCloud, flow: Flow) {
    this.#prepared = prepared;
    this.#flow = flow;
    this.#slate = new CleanSlate(prepared);
  }

  async undisturbed(functions: readonly string[]): Promise<Undisturbed> {
    const { calls } = this.#prepared.cloud;
    let made: readonly Call[] = [];
    const deliveries = new Map<string, number>();
    const end = await this.#run(functions, () => {
      made = [...calls.list()];
      for (const name of functions) deliveries.set(name, calls.count(name, 'Queue.Delivery').nth - 1);
    });
    return {
      end,
      callsOf: name => made.filter(call => call.function === name),
      deliveriesTo: name => deliveries.get(name) ?? 0,
    };
  }

  /** One run with one fault. Answers in what it ended otherwise than the undisturbed run; nothing: in nothing. */
  async differencesOf(point: FaultPoint, { end }: Undisturbed): Promise<string[]> {
    const { faults } = this.#prepared.cloud;
    const logged = this.#prepared.log.length;
    const [address] = point.faults[0] ?? [];
    try {
      let isHit = false;
      const disturbed = await this.#run(
        [point.function],
        () => {
          isHit = address === undefined || faults.hit.includes(address);
        },
        point,
      );
      const differences = [...differing(end, disturbed), ...(isHit ? [] : [NOT_HIT])];
      return differences.length === 0 ? [] : [...differences, ...this.#failuresSince(logged)];
    } catch (error) {
      return [String(error).slice(0, 1_000), ...this.#failuresSince(logged)];
    }
  }

  async #run(cold: readonly string[], ended: () => void, point?: FaultPoint): Promise<object> {
    const { cloud } = this.#prepared;
    cloud.faults.clear();
    await this.#slate.wipe();
    const start = nextStart(cloud.now());
    await cloud.moveTo(start);
    // A worker that has been at work before knows keys, secrets and catalogs and would not ask for them.
    for (const name of cold) await cloud.renew(name);
    cloud.calls.reset();
    for (const [address, fault] of point?.faults ?? []) cloud.faults.plan(address, fault);
    cloud.twin.disturbWebhooks(point?.webhooks ?? UNDISTURBED_WEBHOOKS);
    const look = await this.#flow.run(this.#prepared, start);
    ended();
    cloud.faults.clear();
    return look();
  }

  #failuresSince(logged: number): string[] {
    return this.#prepared.log
      .slice(logged)
      .filter(text => !text.includes('CloudWatchMetrics'))
      .map(text => `log: ${text.slice(0, 600)}`);
  }
}

function differing(expected: object, found: object): string[] {
  const there = new Map<string, unknown>(Object.entries(found));
  return Object.entries(expected)
    .filter(([name, value]) => !isDeepStrictEqual(value, there.get(name)))
    .map(([name, value]) => `${name}: ${print(there.get(name))} instead of ${print(value)}`);
}

function print(value: unknown): string {
  return JSON.stringify(value).slice(0, 1_500);
}
