import { isDeepStrictEqual } from 'node:util';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import { CleanSlate } from './clean-slate.ts';
import { type CommonEnd, commonEnd } from './common-end.ts';
import { Disturbance, type MadeCall } from './disturbance.ts';
import type { FaultPoint, MadeCalls } from './fault-points.ts';
import type { Flow } from './flow.ts';
import { nextStart } from './next-start.ts';
import { Party } from './party.ts';
import { Register } from './register.ts';
import { type Subject, subject, withoutNumbers } from './subject.ts';

export interface Undisturbed {
  readonly end: object;
  readonly callsOf: (functionName: string) => MadeCalls;
}

/** In what each ended otherwise than the undisturbed; nothing: in nothing. */
export type Differences = ReadonlyMap<FaultPoint | 'undisturbed', readonly string[]>;

interface Ended {
  readonly ends: ReadonlyMap<Subject, { readonly end?: object; readonly trouble?: string }>;
  readonly leftovers: readonly string[];
  readonly disturbance: Disturbance;
}

const UNDISTURBED_WEBHOOKS = { duplicate: false, reorder: false };

/** Runs the flow again and again on one cloud, each time some days later, with new subjects and from a clean slate. */
export class DisturbedRuns {
  readonly #prepared: PreparedCloud;
  readonly #flow: Flow;
  readonly #slate: CleanSlate;
  #subjects = 0;
  #register: Register | undefined;

  constructor(prepared: PreparedCloud, flow: Flow) {
    this.#prepared = prepared;
    this.#flow = flow;
    this.#slate = new CleanSlate(prepared);
    prepared.cloud.twin.onExchange(exchange => this.#register?.learnFromStripe(exchange));
  }

  /** Whose messages share a batch. */
  groupOf(body: string): string {
    return this.#register?.ownerOf(body)?.number ?? '';
  }

  async undisturbed(functions: readonly string[]): Promise<Undisturbed> {
    const isOurs = (name: string) => functions.includes(name);
    // The first run on a cloud begins otherwise than all others: no sweeper has been at work before.
    const cold = await this.#run([undefined], isOurs);
    for (const name of functions) await this.#prepared.cloud.renew(name);
    const warm = await this.#run([undefined]);
    const [{ end = {}, trouble } = {}] = warm.ends.values();
    if (trouble !== undefined) throw new Error(trouble);
    const by = (name: string, { made }: { made: readonly MadeCall[] }) => made.filter(call => call.function === name);
    return {
      end: { ...end, leftovers: warm.leftovers },
      callsOf: name => ({ made: by(name, warm.disturbance), madeCold: by(name, cold.disturbance) }),
    };
  }

  /** One run in which each point happens to a subject of its own, and nothing to one more. */
  async differences(points: readonly FaultPoint[], { end: expected }: Undisturbed): Promise<Differences> {
    const logged = this.#prepared.log.length;
    const isAlone = points.some(({ isForAll }) => isForAll);
    if (isAlone) for (const point of points) await this.#prepared.cloud.renew(point.function);
    const happening = isAlone ? points : [...points, undefined];
    const { ends, leftovers, disturbance } = await this.#run(happening);
    const found = new Map<FaultPoint | 'undisturbed', readonly string[]>();
    for (const [index, [subject, { end, trouble }]] of [...ends].entries()) {
      const point = happening[index];
      const differences = [
        ...(trouble === undefined ? differing(expected, { ...end, leftovers }) : [trouble]),
        ...(point === undefined || disturbance.isHit(point) ? [] : ['the fault did not take place']),
      ];
      if (differences.length > 0) {
        found.set(point ?? 'undisturbed', [...differences, ...this.#failuresOf(subject, logged)]);
      }
    }
    return found;
  }

  async #run(points: readonly (FaultPoint | undefined)[], isCold?: (functionName: string) => boolean): Promise<Ended> {
    const { cloud } = this.#prepared;
    cloud.faults.clear();
    await this.#slate.wipe();
    const start = nextStart(cloud.now());
    await cloud.moveTo(start);
    const subjects = points.map(() => subject(++this.#subjects));
    const party = new Party(subjects);
    this.#register = new Register(subjects, start);
    const disturbance = new Disturbance(this.#register, assigned(subjects, points), isCold);
    cloud.twin.disturbWebhooks(points.find(point => point?.webhooks)?.webhooks ?? UNDISTURBED_WEBHOOKS);
    cloud.faults.disturbBy(disturbance);
    const look = await this.#flow.run(this.#prepared, party, start);
    cloud.faults.clear();
    const common = await commonEnd(this.#prepared);
    const ends = new Map<Subject, { end?: object; trouble?: string }>();
    await party.each(async one => ends.set(one, { end: alike(await look(one, common)) }));
    return {
      ends: new Map(subjects.map(one => [one, ends.get(one) ?? { trouble: party.troubleOf(one) ?? 'no end' }])),
      leftovers: leftoversOf(common, subjects),
      disturbance,
    };
  }

  /** What the functions said of this subject, or of nobody. */
  #failuresOf(subject: Subject, logged: number): string[] {
    return this.#prepared.log
      .slice(logged)
      .filter(text => !text.includes('CloudWatchMetrics'))
      .filter(text => [subject, undefined].includes(this.#register?.ownerOf(text)))
      .slice(-8)
      .map(text => `log: ${text.slice(0, 600)}`);
  }
}

/** A call that is made for everybody belongs to no subject. */
function assigned(subjects: readonly Subject[], points: readonly (FaultPoint | undefined)[]): Map<string, FaultPoint> {
  return new Map(
    points.flatMap((point, index) =>
      point === undefined ? [] : [[point.isForAll ? '' : (subjects[index]?.number ?? ''), point] as const],
    ),
  );
}

/** What must not be there after any run, and cannot be told whose it is. */
function leftoversOf({ cases, unfinishedEvents, messages }: CommonEnd, subjects: readonly Subject[]): string[] {
  const own = new Set(subjects.map(({ account }) => `account#${account}`));
  return [
    ...cases.filter(({ pk }) => !own.has(pk)).map(({ code, pk }) => `case ${code} of ${pk}`),
    ...(unfinishedEvents === 0 ? [] : [`${unfinishedEvents} events begun and not done`]),
    ...messages.map(queue => `messages on ${queue}`),
  ];
}

function alike(end: object): object {
  return JSON.parse(withoutNumbers(JSON.stringify(end)));
}

function differing(expected: object, found: object): string[] {
  const there = new Map<string, unknown>(Object.entries(found));
  return Object.entries(expected)
    .filter(([name, value]) => !isDeepStrictEqual(value, there.get(name)))
    .map(([name, value]) => `${name}: ${print(there.get(name))} instead of ${print(value)}`);
}

function print(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 1_500);
}
