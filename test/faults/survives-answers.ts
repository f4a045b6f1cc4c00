import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { type AnswerPoint, answerPoints } from './answer-points.ts';
import { ANSWERS_PAGE, type Outcomes, sectionOf, tableOf, writeSection } from './answers-page.ts';
import { chosenPoints, IS_EXHAUSTIVE } from './chosen-points.ts';
import { DisturbedRuns, type Plan, type SubjectEnd, type Undisturbed } from './disturbed-runs.ts';
import type { FaultPoint } from './fault-points.ts';
import type { Flow } from './flow.ts';
import { answerPlans, plansAlone } from './plans.ts';

const MINUTES = 60_000;
const AS_UNDISTURBED = '✓';
const AS_DECLINED = 'a decline, which is followed up';

/**
 * Every call of a flow to Stripe × every answer of `ANSWERS`: the flow ends as if nothing had happened, or in a case; and
 * no key is stuck with a refusal that it keeps. The page's table below the title says what came of each.
 */
export function survivesAnswers(title: string, functions: readonly string[], flow: Flow): void {
  let runs: DisturbedRuns | undefined;
  const prepared = usePreparedCloud({
    together: body => runs?.groupOf(body) ?? '',
    ...(flow.catalog !== undefined && { catalog: flow.catalog }),
  });
  const replays = new Map<string, number>();
  let undisturbed: Undisturbed;

  beforeAll(async () => {
    prepared.cloud.calls.onCall(({ function: name, operation, fault }, { headers }, answer) => {
      const key = headers['idempotency-key'];
      if (typeof key !== 'string' || answer === undefined || answer.status < 400 || fault === 'drop-after') return;
      const refusal = `${name} ${operation} ${key}`;
      if (answer.headers['idempotent-replayed'] === 'true') replays.set(refusal, (replays.get(refusal) ?? 0) + 1);
    });
    runs = new DisturbedRuns(prepared, flow);
    undisturbed = await runs.undisturbed(functions, { cold: false });
  }, 10 * MINUTES);

  /** Who ended otherwise after several answers, and what another answer kept from coming, is tried again alone. */
  async function endsOf(points: readonly AnswerPoint[]): Promise<SubjectEnd[]> {
    const { ends, missed } = await run(answerPlans(points));
    const isClear = ({ done, differences }: SubjectEnd) => done.length === 1 || differences.length === 0;
    const again = new Set([...ends.filter(end => !isClear(end)).flatMap(({ done }) => done), ...missed]);
    const alone = await run(plansAlone([...again]));
    expect(alone.missed.map(({ name }) => name)).toEqual([]);
    return [...ends.filter(isClear).map(end => without(end, missed)), ...alone.ends];
  }

  async function run(plans: readonly Plan[]): Promise<{ ends: SubjectEnd[]; missed: FaultPoint[] }> {
    if (runs === undefined) throw new Error('Nothing has run undisturbed yet.');
    const ends: SubjectEnd[] = [];
    const missed: FaultPoint[] = [];
    for (const plan of plans) {
      const outcome = await runs.outcomeOf(plan, undisturbed);
      ends.push(...outcome.ends);
      missed.push(...outcome.missed);
      for (const { done, differences, cases } of outcome.ends) {
        const names = done.map(({ name }) => name).join(' + ');
        if (differences.length > 0) console.log([names, `cases: ${cases.join(' ')}`, ...differences].join('\n  '));
      }
    }
    return { ends, missed };
  }

  describe(title, () => {
    it('undisturbed: the flow reaches its end', () => {
      expect(undisturbed.end).toMatchObject({ ...flow.undisturbed, leftovers: [] });
    });

    it('reaches it, or a case, whatever Stripe answers to any call', { timeout: 90 * MINUTES }, async () => {
      const made = functions.flatMap(name => undisturbed.callsOf(name).made);
      const begun = performance.now();
      const points = chosenPoints(answerPoints(made), 12);
      const ends = await endsOf(points);
      console.log(`${points.length} answers in ${Math.round((performance.now() - begun) / 1_000)} s`);

      const failed = ends.filter(end => outcomeOf(end, flow) === undefined);
      expect(failed.map(({ done, differences }) => [done.map(({ name }) => name), differences])).toEqual([]);
      const table = tableOf(outcomesOf(points, ends, flow));
      if (!IS_EXHAUSTIVE) return;
      if (process.env.WRITE_DOCS === '1') writeSection(title, table);
      // What is tolerated is judged above; which of the tolerated ends it was may change with any change of the product.
      if (sectionOf(readFileSync(ANSWERS_PAGE, 'utf8'), title) !== table) {
        console.log(`${ANSWERS_PAGE} is out of date; npm run docs:stripe-answers writes it:\n${table}`);
      }
    });

    // Once, to find out what became of a call whose answer was lost.
    it('asks once more at most under a key that keeps a refusal', () => {
      expect([...replays].filter(([, times]) => times > 1)).toEqual([]);
    });

    it('all that Stripe heard and said on the way is as Stripe describes it', () => {
      expect(prepared.oracle.invalid).toEqual([]);
    });
  });
}

function without(end: SubjectEnd, missed: readonly FaultPoint[]): SubjectEnd {
  return { ...end, done: end.done.filter(point => !missed.includes(point)) };
}

/** In the page's words; `undefined`: neither the flow's end nor a case. */
function outcomeOf({ done, differences, cases, end }: SubjectEnd, flow: Flow): string | undefined {
  if (differences.length === 0) return AS_UNDISTURBED;
  if (cases.length > 0) return cases.map(code => `\`${code}\``).join(' ');
  const isDeclined = done.every(point => point.name.endsWith('answered 402'));
  return isDeclined && flow.declined !== undefined && hasIn(end, flow.declined) ? AS_DECLINED : undefined;
}

function hasIn(end: object | undefined, expected: object): boolean {
  const found = new Map(Object.entries(end ?? {}));
  return Object.entries(expected).every(([name, value]) => isDeepStrictEqual(found.get(name), value));
}

/** Subjects that met several answers ended as undisturbed: each of the answers did. */
function outcomesOf(points: readonly AnswerPoint[], ends: readonly SubjectEnd[], flow: Flow): Outcomes {
  const outcomes = new Map<string, Map<string, Set<string>>>();
  for (const point of points) {
    const answers = outcomes.get(point.call) ?? new Map<string, Set<string>>();
    outcomes.set(point.call, answers);
    const words = answers.get(point.answer) ?? new Set<string>();
    answers.set(point.answer, words);
    for (const end of ends) if (end.done.includes(point)) words.add(outcomeOf(end, flow) ?? 'fails');
  }
  return outcomes;
}
