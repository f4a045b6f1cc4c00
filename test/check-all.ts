import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ORACLE } from './parts/oracle.ts';

// Everything that takes longer than `npm test`. What waits for a browser, a deployment or another program leaves a core
// free: two such checks run side by side, and each is printed when it is over. What fails does not hide what comes after
// it, and what cannot be done on this machine is named at the end.

/** As many as have a core each: what is slower for its neighbours is not done sooner. */
const SIDE_BY_SIDE = 2;

interface Need {
  /** As it is said when it is missing: `python3`. */
  readonly name: string;
  readonly isThere: () => boolean;
}

interface Check {
  /** Of `package.json`. */
  readonly script: string;
  readonly needs?: readonly Need[];
  /** It keeps all cores busy by itself, or measures. */
  readonly isAlone?: true;
}

interface Outcome {
  readonly check: string;
  readonly seconds: number;
  readonly outcome: 'passed' | 'failed' | 'not checked';
  readonly lacks: readonly string[];
}

const PYTHON = program('python3', '--version');
const JAVA = program('java', '-version');
const MAVEN = program('mvn', '--version');

/** Those side by side begin with the longest, so that the two ends lie near each other. */
const CHECKS: readonly Check[] = [
  { script: 'test:browser' },
  { script: 'check:api', needs: [PYTHON] },
  { script: 'test:deploy', needs: [PYTHON] },
  { script: 'test:long' },
  { script: 'check:documents', needs: [JAVA, MAVEN] },
  { script: 'types' },
  { script: 'lint' },
  { script: 'faults', isAlone: true },
  { script: 'bench:short', isAlone: true },
];

/** What takes part in the checks above where it is there. */
const ALSO: readonly { readonly what: string; readonly needs: Need }[] = [
  {
    what: "that Stripe's own descriptions allow what the twin hears and says",
    needs: { name: 'the Stripe oracle beside the repository', isThere: () => existsSync(ORACLE) },
  },
  {
    what: 'what LibreOffice Calc makes of the sheets of bills',
    needs: program('soffice', '--version'),
  },
];

function program(name: string, ...asked: string[]): Need {
  return { name, isThere: () => spawnSync(name, asked, { stdio: 'ignore' }).status === 0 };
}

function missing(needs: readonly Need[] = []): string[] {
  return needs.filter(need => !need.isThere()).map(({ name }) => name);
}

async function outcomeOf({ script, needs, isAlone }: Check): Promise<Outcome> {
  const lacks = missing(needs);
  if (lacks.length > 0) return { check: script, seconds: 0, outcome: 'not checked', lacks };
  const begun = performance.now();
  const child = spawn('npm', ['run', script], { stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk));
  const status = await new Promise<number | null>(resolve => child.once('close', resolve));
  process.stdout.write(Buffer.concat(said));
  const seconds = Math.round((performance.now() - begun) / 1_000);
  return { check: script, seconds, outcome: status === 0 ? 'passed' : 'failed', lacks };
}

/** One after the other, as many at a time as there are lanes. */
async function outcomesOf(checks: readonly Check[], lanes: number): Promise<Outcome[]> {
  const waiting = checks.values();
  const outcomes: Outcome[] = [];
  const lane = async () => {
    for (const check of waiting) outcomes.push(await outcomeOf(check));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
}

const begun = performance.now();
const together = CHECKS.filter(({ isAlone }) => !isAlone);
const alone = CHECKS.filter(({ isAlone }) => isAlone);
const outcomes = [...(await outcomesOf(together, SIDE_BY_SIDE)), ...(await outcomesOf(alone, 1))];

console.table(outcomes.map(({ lacks: _, ...row }) => row));
console.log(`${Math.round((performance.now() - begun) / 60_000)} minutes in all`);
const unchecked = [
  ...outcomes.map(({ check, lacks }) => ({ what: `npm run ${check}`, lacks })),
  ...ALSO.map(({ what, needs }) => ({ what, lacks: missing([needs]) })),
].filter(({ lacks }) => lacks.length > 0);
for (const { what, lacks } of unchecked)
  console.log(`NOT CHECKED: ${what}. There is no ${lacks.join(' and no ')} here.`);
process.exitCode = outcomes.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
