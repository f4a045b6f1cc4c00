import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
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

/** What is planned for one run. */
export interface Plan {
  /** What happens to each subject, at different stations of its way. */
  readonly subjects: readonly (readonly FaultPoint[])[];
  /** What happens to calls that are made for everybody. */
  readonly forAll: readonly FaultPoint[];
}

export interface Outcome {
  /** In what a subject ended otherwise than the undisturbed, by the names of what was done to it. */
  readonly different: ReadonlyMap<string, readonly string[]>;
  /** How each subject ended, in the order of the plan. */
  readonly ends: readonly SubjectEnd[];
  /** What was left over and cannot be told whose it is. */
  readonly leftovers: readonly string[];
  /** Faults that did not take place. */
  readonly missed: readonly FaultPoint[];
}

export interface SubjectEnd {
  readonly done: readonly FaultPoint[];
  /** In what it differs from the undisturbed; nothing if it does not. */
  readonly differences: readonly string[];
  /** Codes of its open cases. */
  readonly cases: readonly string[];
  /** What can be seen of it; `undefined` for who got into trouble. */
  readonly end: object | undefined;
}

interface Ended {
  readonly ends: ReadonlyMap<Subject, { readonly end?: object; readonly trouble?: string }>;
  readonly leftovers: readonly string[];
  readonly disturbance: Disturbance;
}

const NOTHING: Plan = { subjects: [[]], forAll: [] };
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

  /** @param options.cold whether what new environments read is wanted too: that run takes five times as long */
  async undisturbed(functions: readonly string[], { cold: isColdAsked = true } = {}): Promise<Undisturbed> {
    const isOurs = (name: string) => functions.includes(name);
    // The first run on a cloud begins otherwise than all others: no sweeper has been at work before.
    await this.#run(NOTHING);
    const cold = isColdAsked ? await this.#run(NOTHING, isOurs) : undefined;
    for (const name of functions) await this.#prepared.cloud.renew(name);
    const warm = await this.#run(NOTHING);
    const [{ end = {}, trouble } = {}] = warm.ends.values();
    if (trouble !== undefined) throw new Error(trouble);
    const by = (name: string, { made }: { made: readonly MadeCall[] }) => made.filter(call => call.function === name);
    return {
      end: { ...end, leftovers: warm.leftovers },
      callsOf: name => ({
        made: by(name, warm.disturbance),
        madeCold: cold === undefined ? [] : by(name, cold.disturbance),
      }),
    };
  }

  /** One run in which everything planned happens, and nothing to one more subject. */
  async outcomeOf(plan: Plan, { end: expected }: Undisturbed): Promise<Outcome> {
    const logged = this.#prepared.log.length;
    for (const name of new Set(plan.forAll.map(point => point.function))) await this.#prepared.cloud.renew(name);
    const subjects = [...plan.subjects, []];
    const { ends, leftovers, disturbance } = await this.#run({ ...plan, subjects });
    const different = new Map<string, readonly string[]>();
    const subjectEnds: SubjectEnd[] = [];
    for (const [index, [one, { end, trouble }]] of [...ends].entries()) {
      const differences = trouble === undefined ? differing(expected, { ...end, leftovers }) : [trouble];
      const points = [...(subjects[index] ?? []), ...plan.forAll];
      const own = differences.length === 0 ? [] : [...differences, ...this.#failuresOf(one, logged)];
      subjectEnds.push({ done: points, differences: own, cases: casesIn(end), end });
      if (own.length > 0) different.set(points.map(({ name }) => name).join(' + '), own);
    }
    const planned = [...plan.subjects.flat(), ...plan.forAll];
    const missed = planned.filter(point => !disturbance.isHit(point));
    return { different, ends: subjectEnds, leftovers, missed };
  }

  async #run(plan: Plan, isCold: (functionName: string) => boolean = () => false): Promise<Ended> {
    const { cloud } = this.#prepared;
    cloud.faults.clear();
    await this.#slate.wipe();
    const start = nextStart(cloud.now());
    await cloud.moveTo(start);
    const subjects = plan.subjects.map(() => subject(++this.#subjects));
    const party = new Party(subjects);
    this.#register = new Register(subjects, start);
    const assigned = new Map(subjects.map(({ number }, index) => [number, plan.subjects[index] ?? []]));
    const partNow = () => 1 + this.#flow.healedAt.filter(after => cloud.now() >= start + after).length;
    const disturbance = new Disturbance(this.#register, assigned.set('', plan.forAll), { isCold, partNow });
    const shuffled = plan.subjects.flat().find(point => point.webhooks !== undefined);
    cloud.twin.disturbWebhooks(shuffled?.webhooks ?? UNDISTURBED_WEBHOOKS);
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

/** What must not be there after any run, and cannot be told whose it is. */
function leftoversOf({ cases, unfinishedEvents, messages }: CommonEnd, subjects: readonly Subject[]): string[] {
  const own = new Set(subjects.map(({ account }) => `account#${account}`));
  return [
    ...cases.filter(({ pk }) => !own.has(pk)).map(({ code, pk }) => `case ${code} of ${pk}`),
    ...(unfinishedEvents === 0 ? [] : [`${unfinishedEvents} events begun and not done`]),
    ...messages.map(queue => `messages on ${queue}`),
  ];
}

const Cases = z.object({ cases: z.array(z.string()) });

/** A case is told as `code key`. */
function casesIn(end: object | undefined): string[] {
  const { cases } = Cases.safeParse(end).data ?? { cases: [] };
  return cases.map(told => told.split(' ', 1)[0] ?? '');
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
