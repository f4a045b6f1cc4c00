import { afterAll, describe, expect, it } from 'vitest';
import type { Setup } from '#infra/cli/setup/set-up.ts';
import { fingerprintOf } from '#infra/cli/setup/webhook-secrets.ts';
import { jsonAnswer } from '#infra/local/gateway/exchange.ts';
import { Forwarder } from '#infra/local/gateway/forward.ts';
import { type Listener, listen } from '#infra/local/gateway/listen.ts';
import { ApiKeyItem, apiKeyAddress, digestOfKey } from '#shared/access/api-key.ts';
import { SCOPES } from '#shared/platform/http/caller.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { NAMES, useSetupWorld, WEBHOOK } from './setup-world.ts';

const withKey = (given: string): Partial<Setup> => ({ stripeKey: { given, ask: async () => undefined } });
const ALL = ['Stripe key', 'webhook', 'meter errors', 'link secret', 'operator secret', 'first API key'];
const LOOKED_AT = [
  'ok mail',
  'ok mail limit',
  'ok DMARC',
  'ok MAIL FROM',
  'ok function limit',
  'ok alarm mail',
  'ok warning mail',
  'ok operator endpoint',
];

describe('dunlin setup', () => {
  const world = useSetupWorld();

  it('without a key says so, and a dry run changes nothing', async () => {
    expect(await world.run({ isDry: true })).toEqual([
      'todo Stripe key',
      'todo webhook',
      'todo meter errors',
      'would link secret',
      'would operator secret',
      'would first API key',
      ...LOOKED_AT,
    ]);
    expect(await world.run({ isDry: true, ...withKey('sk_test_setup') })).toEqual([
      ...ALL.map(subject => `would ${subject}`),
      ...LOOKED_AT,
    ]);
    expect(world.changesAtStripe()).toEqual([]);
    for (const name of Object.values(NAMES)) expect(await world.parameters.read(name)).toBeUndefined();
  });

  it.each([
    ['pk_test_publishable', 'This is not a secret key of Stripe'],
    ['sk_test_with space', 'This is not a secret key of Stripe'],
    ['rk_test_revoked', 'Invalid API Key'],
  ])('does not take %s for a key, and does not show it', async (key, reason) => {
    const told = (await world.told({ isDry: true, ...withKey(key) })).get('Stripe key');

    expect(told).toContain(reason);
    expect(told).not.toContain(key);
  });

  it('makes everything that is missing, and asks for the key where none is given', async () => {
    const made = await world.run({ stripeKey: { given: undefined, ask: async () => 'sk_test_setup' } });

    expect(made).toEqual([...ALL.map(subject => `made ${subject}`), ...LOOKED_AT]);
    expect(await world.parameters.read(NAMES.key)).toBe('sk_test_setup');
    const [endpoint, ...others] = await Array.fromAsync(world.stripe.webhookEndpoints.list());
    expect(others).toEqual([]);
    expect(endpoint).toMatchObject({
      url: WEBHOOK,
      api_version: '2026-10-28.endive',
      status: 'enabled',
      enabled_events: expect.arrayContaining(['invoice.created', 'invoice.paid', 'payment_method.attached']),
      metadata: { dunlin_deployment: 'dunlin-test-usage-1-eu-north-1' },
    });
    const [destination] = await Array.fromAsync(world.stripe.v2.core.eventDestinations.list({}));
    expect(destination).toMatchObject({
      event_payload: 'thin',
      enabled_events: ['v1.billing.meter.error_report_triggered', 'v1.billing.meter.no_meter_found'],
    });
    const secrets = (await world.parameters.read(NAMES.webhook))?.split(',') ?? [];
    expect(secrets).toEqual([expect.stringMatching(/^whsec_/), expect.stringMatching(/^whsec_/)]);
    expect(secrets.map(fingerprintOf)).toEqual([
      destination?.metadata?.dunlin_secret,
      endpoint?.metadata.dunlin_secret,
    ]);
    expect(await world.parameters.read(NAMES.link)).toMatch(/^[\w-]{43}$/);
    expect(await world.parameters.read(NAMES.operator)).toMatch(/^[\w-]{43}$/);
  });

  it('a second time finds everything and changes nothing', async () => {
    world.changesAtStripe();
    const secrets = await Promise.all(Object.values(NAMES).map(name => world.parameters.read(name)));

    expect(await world.run()).toEqual([...ALL.map(subject => `ok ${subject}`), ...LOOKED_AT]);

    expect(world.changesAtStripe()).toEqual([]);
    expect(await Promise.all(Object.values(NAMES).map(name => world.parameters.read(name)))).toEqual(secrets);
  });

  it('corrects what was changed at Stripe by hand', async () => {
    const [endpoint] = (await world.stripe.webhookEndpoints.list()).data;
    await world.stripe.webhookEndpoints.update(endpoint?.id ?? '', {
      enabled_events: ['invoice.paid'],
      disabled: true,
    });
    world.changesAtStripe();

    const told = (await world.told()).get('webhook');

    expect(told).toContain('Was corrected (types, enabled).');
    expect(world.changesAtStripe()).toEqual(['POST /v1/webhook_endpoints/we']);
    expect((await world.stripe.webhookEndpoints.list()).data[0]).toMatchObject({ id: endpoint?.id, status: 'enabled' });
  });

  it('puts its own endpoint in the place of one made by hand, whose secret nobody knows', async () => {
    const byHand = await world.stripe.webhookEndpoints.create({ url: WEBHOOK, enabled_events: ['*'] });

    const told = (await world.told()).get('webhook');

    expect(told).toContain(`Was put in the place of ${byHand.id} (made by hand).`);
    expect((await world.stripe.webhookEndpoints.list()).data).toHaveLength(1);
  });

  it('after a run that broke off before the secret was stored makes another endpoint and removes that one', async () => {
    const [before] = (await world.stripe.webhookEndpoints.list()).data;
    await world.stripe.webhookEndpoints.del(before?.id ?? '');
    const full = { ...world.parameters, replace: () => Promise.reject(new Error('ParameterLimitExceeded')) };
    expect((await world.run({ parameters: full }))[1]).toBe('failed webhook');

    expect((await world.run())[1]).toBe('made webhook');

    const [after, ...others] = (await world.stripe.webhookEndpoints.list()).data;
    expect(others).toEqual([]);
    const secrets = (await world.parameters.read(NAMES.webhook))?.split(',') ?? [];
    expect(secrets.map(fingerprintOf)).toContain(after?.metadata.dunlin_secret);
  });

  it('exchanges a key for another of the same account, and refuses one of another account or mode', async () => {
    expect((await world.run(withKey('sk_test_rolled')))[0]).toBe('made Stripe key');
    expect(await world.parameters.read(NAMES.key)).toBe('sk_test_rolled');

    const live = await world.told({
      ...withKey('sk_live_other'),
      connect: () => stripeClient('sk_test_other', world.twin.address),
    });

    expect(live.get('Stripe key')).toMatch(/belongs to acct_1LocalStripeTwin, test mode; the key is of .*, live mode/);
    expect(live.get('webhook')).toBe("Waits for Stripe's key.");
    expect(await world.parameters.read(NAMES.key)).toBe('sk_test_rolled');
  });
});

describe('the first API key', () => {
  const world = useSetupWorld();

  it('has every scope and the source, and is shown once', async () => {
    const key = (await world.told({ source: 'core' })).get('first API key')?.split('\n')[0] ?? '';

    const item = await world.tables.ledger.get(apiKeyAddress(digestOfKey(key)), ApiKeyItem);
    expect(item).toMatchObject({ scopes: SCOPES, source: 'core' });
    const later = (await world.told({ source: 'core' })).get('first API key');
    expect(later).toContain('Made 2026-11-01T00:00:00Z, shown then.');
    expect(later).not.toContain(key);
  });
});

describe('what setup can only look at', () => {
  const world = useSetupWorld();
  const running = {
    api: 'https://api.example.com',
    alarmTopic: 'arn:aws:sns:eu-north-1:1:dunlin-test-alarms',
    alarmMail: 'alarms@example.com',
    mailFrom: 'Dunlin Mobile <billing@example.com>',
  };

  it('is told with what to do', async () => {
    const told = await world.told({
      running,
      mail: { verified: async () => [], dailyLimit: async () => 200 },
      senderPolicy: { textRecords: async () => [], mailFromDomain: async () => undefined },
      // The quota of a new account.
      concurrencyLimit: async () => 10,
      alarmListeners: async () => [{ mail: 'alarms@example.com', confirmed: false }],
      isDry: true,
    });

    expect(told.get('mail')).toContain(
      'aws sesv2 create-email-identity --email-identity example.com --region eu-north-1',
    );
    expect(told.get('mail limit')).toContain('Request production access');
    expect(told.get('DMARC')).toContain('v=DMARC1; p=none; rua=mailto:dmarc@example.com');
    expect(told.get('MAIL FROM')).toContain('bounces.example.com MX 10 feedback-smtp.eu-north-1.amazonses.com');
    expect(told.get('function limit')).toContain('may run 10 functions at once');
    expect(told.get('function limit')).toContain('--quota-code L-B99A9384 --desired-value 1000 --region eu-north-1');
    expect(told.get('alarm mail')).toContain('has not confirmed yet');
    expect(told.get('operator endpoint')).toContain('Set operatorEndpoint');
  });

  it('does not stop the rest when it cannot be looked at', async () => {
    const refuse = () => Promise.reject(new Error('AccessDenied'));
    const made = await world.run({
      running,
      mail: { verified: refuse, dailyLimit: refuse },
      senderPolicy: { textRecords: refuse, mailFromDomain: refuse },
      concurrencyLimit: refuse,
      alarmListeners: refuse,
      isDry: true,
    });

    expect(made.slice(-6)).toEqual([
      'todo mail',
      'todo DMARC',
      'todo MAIL FROM',
      'todo function limit',
      'todo alarm mail',
      'todo operator endpoint',
    ]);
  });
});

describe('an account at Stripe without event destinations', () => {
  const world = useSetupWorld();
  let front: Listener | undefined;
  afterAll(() => front?.stop());

  it('gets the endpoint for invoices and payments, and is told how to add the other by hand', async () => {
    // given: version 2 of the API is refused
    const toTwin = new Forwarder(world.twin.address);
    const error = { error: { type: 'invalid_request_error', message: 'Your account has no event destinations.' } };
    front = await listen({
      now: Date.now,
      answer: async request => (request.url.startsWith('/v2/') ? jsonAnswer(403, error) : toTwin.send(request)),
    });
    const { address } = front;
    // when
    const told = await world.told({ ...withKey('sk_test_setup'), connect: key => stripeClient(key, address) });
    // then
    expect(told.get('webhook')).toContain('Was registered');
    expect(told.get('meter errors')).toContain('Your account has no event destinations.');
    expect(told.get('meter errors')).toContain(`payload style thin, address ${WEBHOOK}`);
  });
});
