import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { whyUnreachable } from '#infra/cli/why-unreachable.ts';

const named = (name: string, message = 'refused') => Object.assign(new Error(message), { name });

afterEach(() => vi.unstubAllEnvs());

describe('why a stage cannot be looked up', () => {
  test.each([
    [named('CredentialsProviderError', 'Could not load credentials from any providers'), 'Set AWS_PROFILE'],
    [named('ExpiredTokenException'), 'have expired'],
    [named('UnrecognizedClientException'), 'does not know the credentials'],
    [named('AccessDeniedException', 'not authorized to perform: ssm:GetParameter'), 'ssm:GetParameter'],
    [named('SomethingNew', 'so it is'), 'SomethingNew: so it is'],
  ])('%s is told with what to do', (error, told) => {
    expect(whyUnreachable(error, {})).toContain(told);
  });

  // The errors of the SDK itself, so that another version that words them otherwise is noticed.
  test('no region', async () => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    const client = new SSMClient({});
    const error = await client.send(new GetParameterCommand({ Name: '/x' })).catch((cause: unknown) => cause);

    expect(whyUnreachable(error, {})).toBe('no region is set. Set AWS_REGION, such as AWS_REGION=eu-north-1.');
  });

  test('a port at which nothing listens', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const client = new SSMClient({ region: 'eu-north-1', endpoint: env.AWS_ENDPOINT_URL, credentials, maxAttempts: 1 });
    const error = await client.send(new GetParameterCommand({ Name: '/x' })).catch((cause: unknown) => cause);

    expect(whyUnreachable(error, env)).toBe(
      'nothing answers at http://127.0.0.1:9 (ECONNREFUSED). Does the local cloud run (npm start), and is AWS_ENDPOINT_URL the address that it printed?',
    );
  });
});
