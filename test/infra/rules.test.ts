import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { acknowledgePatterns } from '#infra/constructs/access.ts';
import { DOMAIN, EVERYTHING, synthesizedStage } from './synthesized-stage.ts';

const Report = z.object({
  pluginReports: z.array(
    z.object({ pluginName: z.string(), violations: z.array(z.object({ ruleName: z.string(), severity: z.string() })) }),
  ),
});

describe('rules of others', () => {
  // An unexplained finding makes synthesize throw; warnings stand in the report only.
  test.each([
    ['a plain stage', {}],
    ['a stage with a name of its own', { domain: DOMAIN }],
    ['a stage with everything that can be had', EVERYTHING],
  ])('cdk-nag (AwsSolutions) and CloudFormation find nothing unexplained in %s', async (_, settings) => {
    const stage = await synthesizedStage({ checked: true, settings });
    const report = Report.parse(JSON.parse(readFileSync(join(stage.directory, 'validation-report.json'), 'utf8')));

    expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  });

  test('a pattern of resources without a reason is refused when the stack is built', () => {
    const access = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] };

    expect(() => acknowledgePatterns(new Stack(), [access])).toThrow('say why');
  });

  test('every finding is explained in a full sentence', () => {
    const reasons = globSync('infra/{constructs,stacks}/*.ts').flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/(?:reason|because):\s*['`]([^'`]+)['`]/g)].map(([, reason]) => reason),
    );

    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{40,}\.$/);
  });
});
