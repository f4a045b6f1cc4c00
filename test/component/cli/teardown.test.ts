import { describe, expect, it } from 'vitest';
import { snapshotEndpoints, thinEndpoints } from '#infra/cli/setup/endpoints.ts';
import { WebhookSecrets } from '#infra/cli/setup/webhook-secrets.ts';
import { retainedOf } from '#infra/cli/teardown/retained.ts';
import { tearDown } from '#infra/cli/teardown/tear-down.ts';
import { DEPLOYMENT, NAMES, useSetupWorld, WEBHOOK } from './setup-world.ts';

describe('dunlin teardown', () => {
  const world = useSetupWorld();
  const run = async (isAgreed: boolean, url: string | undefined = WEBHOOK) => {
    const lines: string[] = [];
    const outcome = await tearDown({
      deployment: DEPLOYMENT.bucket,
      url,
      snapshot: snapshotEndpoints(world.stripe),
      thin: thinEndpoints(world.stripe),
      secrets: new WebhookSecrets(world.parameters, NAMES.webhook),
      report: line => lines.push(line),
      confirm: async () => isAgreed,
    });
    return { outcome, lines };
  };

  it('removes what setup registered, of this deployment only, after asking', async () => {
    // given
    await world.run({ stripeKey: { given: 'sk_test_setup', ask: async () => undefined } });
    const ofOthers = await world.stripe.webhookEndpoints.create({
      url: 'https://shop.example.com/hook',
      enabled_events: ['*'],
    });
    world.changesAtStripe();
    // when: no, then yes
    expect(await run(false)).toMatchObject({ outcome: 'declined', lines: [expect.anything(), expect.anything()] });
    expect(world.changesAtStripe()).toEqual([]);
    expect((await run(true)).outcome).toBe('removed');
    // then
    expect(world.changesAtStripe()).toEqual([
      'DELETE /v1/webhook_endpoints/we',
      'DELETE /v2/core/event_destinations/ed',
    ]);
    expect((await world.stripe.webhookEndpoints.list()).data.map(({ id }) => id)).toEqual([ofOthers.id]);
    expect(await world.parameters.read(NAMES.webhook)).toBeUndefined();
    expect(await world.parameters.read(NAMES.key)).toBe('sk_test_setup');
  });

  it('a second time has nothing to remove', async () => {
    expect(await run(true)).toEqual({
      outcome: 'nothing',
      lines: ['Stripe delivers nothing to this deployment.'],
    });
  });

  it('also finds them when the app stack is gone already', async () => {
    await world.run();

    expect((await run(true, undefined)).outcome).toBe('removed');
  });

  it('names everything that remains, with what removes it', () => {
    const told = retainedOf(DEPLOYMENT);

    for (const name of [...Object.values(NAMES), 'pages', 'ledger', DEPLOYMENT.bucket, 'dunlin-test-data']) {
      expect(told).toContain(name);
    }
  });
});
