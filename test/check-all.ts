import { spawnSync } from 'node:child_process';

// Everything that takes longer than `npm test`, one after the other. What fails does not hide what comes after it.

const CHECKS = ['lint', 'types', 'test:long', 'test:browser', 'test:deploy', 'check:api', 'faults:some', 'bench:short'];

const outcomes = CHECKS.map(check => {
  const begun = performance.now();
  const { status } = spawnSync('npm', ['run', check], { stdio: 'inherit' });
  return { check, seconds: Math.round((performance.now() - begun) / 1_000), passed: status === 0 };
});

console.table(outcomes);
process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;
