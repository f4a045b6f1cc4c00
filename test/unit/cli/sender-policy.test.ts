import { describe, expect, test } from 'vitest';
import { lookAtSenderPolicy } from '#infra/cli/setup/sender-policy-step.ts';

function look(records: Readonly<Record<string, readonly string[]>>, mailFrom?: string) {
  const policy = { textRecords: async (name: string) => records[name] ?? [], mailFromDomain: async () => mailFrom };
  return lookAtSenderPolicy(policy, 'example.com', 'eu-north-1');
}

describe('what receivers look up about the sender', () => {
  test('two policies are none', async () => {
    const [dmarc] = await look({ '_dmarc.example.com': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] });

    expect(dmarc).toMatchObject({ mark: 'todo', text: expect.stringContaining('has 2 policies') });
  });

  test('a record of something else is no policy', async () => {
    const [dmarc] = await look({ '_dmarc.example.com': ['v=DMARC12; p=none', 'google-site-verification=x'] });

    expect(dmarc).toMatchObject({ mark: 'todo', text: expect.stringContaining('has no policy') });
  });

  test('a domain for bounces needs an SPF record that names SES', async () => {
    const records = (text: string) => ({ 'bounces.example.com': [text] });

    const [, without] = await look(records('v=spf1 include:_spf.google.com ~all'), 'bounces.example.com');
    const [, withSes] = await look(records('v=spf1 include:amazonses.com -all'), 'bounces.example.com');

    expect(without).toMatchObject({ mark: 'todo', subject: 'MAIL FROM' });
    expect(withSes).toMatchObject({ mark: 'ok', subject: 'MAIL FROM' });
  });
});
