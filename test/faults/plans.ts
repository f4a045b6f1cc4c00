import type { AnswerPoint } from './answer-points.ts';
import type { Plan } from './disturbed-runs.ts';
import type { FaultPoint } from './fault-points.ts';

/** More of them make the moments that all share cheaper, and a failure harder to read. */
const SUBJECTS = 24;

/**
 * Stations of a subject's way: what is done again after a fault at one of them is not what may have got lost at another.
 * So a subject meets a fault at each of them at most, in each part of the flow.
 */
const STATIONS: readonly (readonly string[])[] = [
  ['account-api'],
  ['usage-api', 'usage-intake'],
  ['stripe-webhook', 'stripe-events'],
  ['rating'],
  ['bill-render'],
  ['dunning'],
  ['notices'],
  ['mail-feedback'],
];

/** Brings all points into as few runs as their stations allow. What is for everybody is spread over them. */
export function plansFor(points: readonly FaultPoint[]): Plan[] {
  const own = points.filter(({ isForAll }) => !isForAll);
  const forAll = forAllOf(points);
  const stations = [...Map.groupBy(own, ({ function: name, part }) => `${part} ${stationOf(name)}`).values()];
  const longest = Math.max(0, ...stations.map(({ length }) => length));
  const subjects = Array.from({ length: longest }, (_, nth) => stations.flatMap(station => station[nth] ?? []));
  const runs = Math.max(Math.ceil(subjects.length / SUBJECTS), forAll.length > 0 ? 1 : 0);
  return Array.from({ length: runs }, (_, run) => ({
    subjects: subjects.slice(run * SUBJECTS, (run + 1) * SUBJECTS),
    forAll: forAll.filter((_, index) => index % runs === run),
  }));
}

/**
 * As `plansFor`, but who gets an answer that is likely to end in a case or a decline gets no other one. What is for
 * everybody comes in runs of its own, and two answers to the same call are not both given.
 */
export function answerPlans(points: readonly AnswerPoint[]): Plan[] {
  const isFinal = ({ answer }: AnswerPoint) => answer === '400' || answer === '402';
  const own = points.filter(({ isForAll }) => !isForAll);
  const calls = [...Map.groupBy(forAllOf(points), ({ call }) => call).values()];
  const answers = Math.max(0, ...calls.map(({ length }) => length));
  const shared = Array.from({ length: answers }, (_, nth) => calls.flatMap(call => call[nth] ?? []));
  return [
    ...plansFor(own.filter(point => !isFinal(point))),
    ...plansAlone(own.filter(isFinal)),
    ...shared.map(forAll => ({ subjects: [], forAll })),
  ];
}

/** Of those for everybody that are tried again. */
const TOGETHER = 4;

/** For faults that another one of their run kept from taking place: one to a subject, few that are for everybody. */
export function plansAgain(points: readonly FaultPoint[]): Plan[] {
  const forAll = forAllOf(points);
  const runs = Math.ceil(forAll.length / TOGETHER);
  return [
    ...plansAlone(points.filter(({ isForAll }) => !isForAll)),
    ...Array.from({ length: runs }, (_, run) => ({
      subjects: [],
      forAll: forAll.filter((_, index) => index % runs === run),
    })),
  ];
}

/** One point to a subject, and whatever is for everybody in a run of its own. */
export function plansAlone(points: readonly FaultPoint[]): Plan[] {
  const own = points.filter(({ isForAll }) => !isForAll);
  const full = Array.from({ length: Math.ceil(own.length / SUBJECTS) }, (_, run) => ({
    subjects: own.slice(run * SUBJECTS, (run + 1) * SUBJECTS).map(point => [point]),
    forAll: [],
  }));
  return [...full, ...forAllOf(points).map(planAlone)];
}

/** A run for this point and nothing else. */
export function planAlone(point: FaultPoint): Plan {
  return point.isForAll ? { subjects: [], forAll: [point] } : { subjects: [[point]], forAll: [] };
}

function forAllOf<P extends FaultPoint>(points: readonly P[]): P[] {
  return points.filter(({ isForAll }) => isForAll);
}

function stationOf(functionName: string): number {
  const station = STATIONS.findIndex(names => names.includes(functionName));
  if (station === -1) throw new Error(`${functionName} is at no station.`);
  return station;
}
