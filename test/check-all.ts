import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ORACLE } from './parts/oracle.ts';

// Everything that takes longer than `npm test`, one after the other. What fails does not hide what comes after it, and
// what cannot be done on this machine is named at the end.

interface Need {
  /** As it is said when it is missing: `python3`. */
  readonly name: string;
  readonly isThere: () => boolean;
}

interface Check {
  /** Of `package.json`. */
  readonly script: string;
  readonly needs?: readonly Need[];
}

const PYTHON = program('python3', '--version');
const JAVA = program('java', '-version');
const MAVEN = program('mvn', '--version');

const CHECKS: readonly Check[] = [
  { script: 'lint' },
  { script: 'types' },
  { script: 'test:long' },
  { script: 'test:browser' },
  { script: 'test:deploy', needs: [PYTHON] },
  { script: 'check:api', needs: [PYTHON] },
  { script: 'check:documents', needs: [JAVA, MAVEN] },
  { script: 'faults' },
  { script: 'bench:short' },
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

const outcomes = CHECKS.map(({ script, needs }) => {
  const lacks = missing(needs);
  if (lacks.length > 0) return { check: script, seconds: 0, outcome: 'not checked', lacks };
  const begun = performance.now();
  const { status } = spawnSync('npm', ['run', script], { stdio: 'inherit' });
  const seconds = Math.round((performance.now() - begun) / 1_000);
  return { check: script, seconds, outcome: status === 0 ? 'passed' : 'failed', lacks };
});

console.table(outcomes.map(({ lacks: _, ...row }) => row));
const unchecked = [
  ...outcomes.map(({ check, lacks }) => ({ what: `npm run ${check}`, lacks })),
  ...ALSO.map(({ what, needs }) => ({ what, lacks: missing([needs]) })),
].filter(({ lacks }) => lacks.length > 0);
for (const { what, lacks } of unchecked)
  console.log(`NOT CHECKED: ${what}. There is no ${lacks.join(' and no ')} here.`);
process.exitCode = outcomes.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
