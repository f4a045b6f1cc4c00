import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PublishOutcome, publishCatalog } from '#infra/cli/catalog-publish.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld({ publish: false });
const at = Date.parse;

interface Run {
  readonly outcome: PublishOutcome;
  readonly lines: readonly string[];
}

describe('publishing a catalog', () => {
  let first: Run;
  beforeAll(async () => {
    first = await publish('infra/catalog');
  });

  it('makes a product per plan, per priced charge and per section of amounts, by whose names invoices call their lines', async () => {
    const products = await Array.fromAsync(world.stripe.products.list({ limit: 100 }));

    expect(first.outcome).toBe('published');
    expect(Object.fromEntries(products.map(({ id, name }) => [id, name]))).toEqual({
      'dunlin_plan_mobile-10': 'Mobile 10',
      'dunlin_charge_mobile-10_sms': 'Mobile 10: Text messages',
      'dunlin_charge_mobile-10_mms': 'Mobile 10: Picture messages',
      'dunlin_charge_mobile-10_data-extra': 'Mobile 10: Extra data',
      'dunlin_charge_mobile-10_data-roaming': 'Mobile 10: Data while abroad',
      'dunlin_plan_pay-as-you-go': 'Pay as you go',
      'dunlin_charge_pay-as-you-go_sms': 'Pay as you go: Text messages',
      'dunlin_charge_pay-as-you-go_mms': 'Pay as you go: Picture messages',
      'dunlin_charge_pay-as-you-go_data': 'Pay as you go: Data',
      'dunlin_charge_pay-as-you-go_data-roaming': 'Pay as you go: Data while abroad',
      dunlin_amount_calls: 'Calls and messages',
      dunlin_amount_roaming: 'Roaming',
    });
  });

  it('makes a price per billable and currency, with the amounts of the folder in minor units', async () => {
    const prices = await Array.fromAsync(world.stripe.prices.list({ limit: 100 }));
    const amounts = Object.fromEntries(
      prices.map(price => [
        withoutVersion(price.lookup_key),
        [price.unit_amount_decimal?.toString(), price.recurring?.usage_type],
      ]),
    );

    // Two plans, each with a fee and four (mobile-10) or four (pay-as-you-go) prices per unit, and two sections of
    // amounts, all in two currencies: (5 + 5 + 2) × 2
    expect(prices).toHaveLength(24);
    expect(amounts).toMatchObject({
      'dunlin:mobile-10:fee:SEK': ['15900', 'licensed'],
      'dunlin:mobile-10:fee:EUR': ['1500', 'licensed'],
      'dunlin:mobile-10:data-extra:SEK': ['9900', 'metered'],
      // 49.00 per 1 MB, counted in KB: 4.9 minor units a step
      'dunlin:mobile-10:data-roaming:SEK': ['4.9', 'metered'],
      // 0.02 per 1 MB, counted in 100 KB: 0.2 minor units a step
      'dunlin:pay-as-you-go:data:EUR': ['0.2', 'metered'],
      'dunlin:deployment:amount-calls:SEK': ['0.0001', 'metered'],
    });
  });

  it('shares the meter of a section between currencies, and no other', async () => {
    const meters = await Array.fromAsync(world.stripe.billing.meters.list({ limit: 100 }));

    // Four unit prices on each of two plans in two currencies, and two sections: 2 × 4 × 2 + 2
    expect(meters).toHaveLength(18);
  });

  it('puts the version on the shelf with the ids of Stripe', async () => {
    const catalogStore = new CatalogStore(world.tables.ledger, catalogTextsIn(world.s3, world.bucket));
    const version = await catalogStore.versionAt(world.services.clock());

    expect(version?.effectiveFrom).toBe(at('2026-01-01T00:00:00Z'));
    expect(Object.keys(version?.stripe.prices ?? {})).toHaveLength(24);
    expect(Object.keys(version?.stripe.meters ?? {})).toHaveLength(18);
    expect(await catalogStore.versionAt(at('2025-12-31T23:59:59Z'))).toBeUndefined();
  });

  it('a second time changes nothing', async () => {
    world.forgetCalls();

    const second = await publish('infra/catalog');

    expect(second.outcome).toBe('unchanged');
    expect(world.calls().filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('refuses another price under a published date, and tells where', async () => {
    const folder = await changedFolder(text => text.replace('SEK: "159.00"', 'SEK: "169.00"'));

    const run = await publish(folder);

    expect(run.outcome).toBe('refused');
    expect(run.lines.join('\n')).toContain('changed-under-old-date');
  });

  it.each([
    ['a new fee', (text: string) => text.replace('SEK: "159.00"', 'SEK: "169.00"'), 'not-yet-supported'],
    ['a plan less', (text: string) => text.replace('id: pay-as-you-go', 'id: other'), 'not-yet-supported'],
  ])('refuses %s for a published plan in a later version', async (_, change, code) => {
    const folder = await changedFolder(text => change(withDate(text, '2027-01-01T00:00:00Z')));

    const run = await publish(folder);

    expect(run.outcome).toBe('refused');
    expect(run.lines.join('\n')).toContain(code);
  });

  it('refuses a later version that would change what was rated already', async () => {
    const folder = await changedFolder(text => withDate(text, '2026-10-01T00:00:00Z'));

    const run = await publish(folder);

    expect(run.outcome).toBe('refused');
    expect(run.lines.join('\n')).toContain('starts-in-the-past');
  });

  it('declined by who was asked makes nothing', async () => {
    const folder = await changedFolder(text => withDate(text, '2027-02-01T00:00:00Z'));
    world.forgetCalls();

    const { outcome } = await publish(folder, async () => false);

    expect(outcome).toBe('declined');
    expect(world.calls().filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(await world.catalogStore.versions()).toHaveLength(1);
  });

  it('makes for a new plan in a later version what it needs, also after a run that broke off', async () => {
    // given
    const newPlan = '  - id: mini\n    name: { en: Mini }\n    fee: { SEK: "49.00" }\n    charges:\n';
    const charges = ['voice', 'sms', 'mms', 'data'].map(
      kind =>
        `      - { id: ${kind}, kind: ${kind}, price: { SEK: "1.00" }, per: ${kind === 'data' ? '1 GB' : '1'} }\n`,
    );
    const folder = await changedFolder(text =>
      withDate(text, '2026-12-01T00:00:00Z').replace('plans:\n', `plans:\n${newPlan}${charges.join('')}`),
    );
    const broken = publish(folder, undefined, dyingAfterPrices(world.stripe, 2));
    await expect(broken).rejects.toThrow('died');
    expect(await world.catalogStore.versions()).toHaveLength(1);
    // when
    const run = await publish(folder);
    // then: five prices in one currency, two of them made by the first run, with all else
    expect(
      run.lines.filter(line => /^ {2}\+/.test(line)).map(line => line.split(':', 3).slice(0, 3).join(':')),
    ).toEqual(['  + price dunlin:mini:sms', '  + price dunlin:mini:mms', '  + price dunlin:mini:data']);
    expect(run.outcome).toBe('published');
    const planAt = async (moment: string) => (await world.services.tariff.plan('mini', at(moment)))?.currencies;
    expect(await planAt('2026-11-30T23:59:59Z')).toBeUndefined();
    expect(await planAt('2026-12-01T00:00:00Z')).toEqual(['SEK']);
  });
});

describe('what a person archived at Stripe', () => {
  it('is named when the same is published again, and nothing is published', async () => {
    const [price] = (await world.stripe.prices.list({ product: 'dunlin_plan_mobile-10', currency: 'sek' })).data;
    await world.stripe.prices.update(price?.id ?? '', { active: false });
    await world.stripe.products.update('dunlin_amount_calls', { active: false });

    const publishing = publish('infra/catalog');

    await expect(publishing).rejects.toMatchObject({
      code: 'archived-at-stripe',
      safeDetail: `Archived at Stripe: product dunlin_amount_calls, price ${price?.id} (${price?.lookup_key}). Make it active there again; lines need it.`,
    });
    await world.stripe.prices.update(price?.id ?? '', { active: true });
    await world.stripe.products.update('dunlin_amount_calls', { active: true });
    expect((await publish('infra/catalog')).outcome).toBe('unchanged');
  });
});

async function publish(folder: string, confirm?: () => Promise<boolean>, stripe = world.stripe): Promise<Run> {
  const lines: string[] = [];
  const { catalogStore, services } = world;
  const report = (line: string) => lines.push(...line.split('\n'));
  const outcome = await publishCatalog({
    folder,
    stripe,
    catalogStore,
    clock: services.clock,
    report,
    ...(confirm !== undefined && { confirm }),
  });
  return { outcome, lines };
}

/** A process that dies after it made that many prices. */
function dyingAfterPrices(stripe: Stripe, count: number): Stripe {
  let made = 0;
  const prices = new Proxy(stripe.prices, {
    get: (target, name) =>
      name !== 'create'
        ? Reflect.get(target, name).bind(target)
        : async (params: Stripe.PriceCreateParams) => {
            if (made++ === count) throw new Error('died');
            return target.create(params);
          },
  });
  return new Proxy(stripe, { get: (target, name) => (name === 'prices' ? prices : Reflect.get(target, name)) });
}

async function changedFolder(change: (text: string) => string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  await cp('infra/catalog', folder, { recursive: true });
  const file = join(folder, 'catalog.yaml');
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
  return folder;
}

function withDate(text: string, date: string): string {
  return text.replace(/effectiveFrom: \S+/, `effectiveFrom: ${date}`);
}

function withoutVersion(key: string | null): string {
  return (key ?? '').slice(0, (key ?? '').lastIndexOf(':'));
}
