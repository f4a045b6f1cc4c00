import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operatorSignature } from '#shared/messages/operator/operator-endpoint.ts';

test('the worked example of a signature is what the product sends', () => {
  const readme = readFileSync('functions/notices/README.md', 'utf8');
  const given = (name: string) => new RegExp(`^${name} +(\\S+)`, 'm').exec(readme)?.[1] ?? '';
  const header = /^header +dunlin-signature: (\S+)$/m.exec(readme)?.[1];

  expect(header).toMatch(/^t=1794214800,v1=10ae22e5/);
  expect(operatorSignature(given('secret'), given('body'), Number(given('t')) * 1_000)).toBe(header);
});
