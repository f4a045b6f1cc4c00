import { globSync, readFileSync } from 'node:fs';
import * as z from 'zod';

/** Adds up what the test runs of this checkout reported (`reports/*.json`) into the one line that CI ends with. */
const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const reports = globSync('reports/*.json').map(file => Report.parse(JSON.parse(readFileSync(file, 'utf8'))));
const passed = sum(reports.map(report => report.numPassedTests));
const failed = sum(reports.map(report => report.numFailedTests + filesThatDidNotLoad(report)));

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** They hold no test, so the count of failed tests does not know them. */
function filesThatDidNotLoad(report: z.infer<typeof Report>): number {
  return report.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
