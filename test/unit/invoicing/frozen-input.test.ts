import { describe, expect, it } from 'vitest';
import {
  type FrozenInput,
  inputAsOfNow,
  isBusiness,
  parseInput,
  printInput,
  ratedAccountOf,
} from '#shared/invoicing/frozen/frozen-input.ts';
import {
  keepFrozen,
  type ManifestStore,
  NotAsFrozen,
  readFrozen,
  readManifest,
} from '#shared/invoicing/frozen/frozen-object.ts';
import { manifestOf } from '#shared/invoicing/frozen/manifest.ts';
import { aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const SINCE = at('2026-01-01T00:00:00Z');
const MOVED = at('2026-11-15T12:00:00Z');

/** With everything that the format has a place for. */
const FULL: FrozenInput = {
  format: 1,
  period: NOVEMBER,
  account: {
    account: 'acc-1',
    currency: 'SEK',
    timezone: 'Europe/Stockholm',
    name: 'Example AB',
    email: 'billing@example.com',
    phone: '+46812345678',
    address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '211 42', country: 'SE' },
    locale: 'sv',
    brand: 'dunlin-mobile',
    itemised: true,
    maskPeers: false,
  },
  lines: [
    {
      line: 'a',
      msisdn: '+46700000001',
      billed: true,
      plans: [
        { plan: 'small', from: SINCE, until: MOVED },
        { plan: 'large', from: MOVED },
      ],
      addOns: [{ addOn: 'abroad', from: MOVED }],
      names: [{ name: '+46700000001', from: SINCE }],
    },
  ],
  pools: [{ pool: 'data', members: [{ line: 'a', from: SINCE, until: MOVED, included: 10_000_000_000 }] }],
  carriedIn: [{ line: null, allowance: 'data', since: SINCE, units: 2_000_000_000, periods: 1 }],
  catalogs: [
    {
      effectiveFrom: SINCE,
      digest: '0123456789abcdef',
      objectKey: 'catalog/2026-01-01T00:00:00Z-0123456789abcdef.json',
    },
  ],
};

const PLAIN: FrozenInput = {
  ...FULL,
  lines: FULL.lines.map(line => ({ ...line, addOns: [] })),
  pools: [],
  carriedIn: [],
};

describe('the input of a frozen period', () => {
  it('is read as it was written', () => {
    expect(parseInput(printInput(FULL))).toEqual(FULL);
  });

  it('is one line of text, with moments that people can read', () => {
    expect(printInput(FULL)).toMatch(/^\{"format":1,"period":\{"start":"2026-11-01T00:00:00Z",[^\n]*\}$/);
  });

  it('of a format that this version does not know is refused', () => {
    expect(() => parseInput(printInput(FULL).replace('"format":1', '"format":2'))).toThrow();
    expect(() => parseInput(printInput(FULL).replace('"pools":', '"families":[],"pools":'))).toThrow();
  });

  it('is rated by the lines that were billed', () => {
    const [line] = PLAIN.lines;
    const lines = [...PLAIN.lines, ...(line === undefined ? [] : [{ ...line, line: 'b', billed: false }])];

    expect(ratedAccountOf({ ...PLAIN, lines })).toEqual({
      account: 'acc-1',
      currency: 'SEK',
      timezone: 'Europe/Stockholm',
      lines: [{ line: 'a', plans: line?.plans, names: line?.names, addOns: [] }],
      carriedIn: [],
    });
  });

  it('is rated with what was carried in', () => {
    expect(ratedAccountOf({ ...PLAIN, carriedIn: FULL.carriedIn }).carriedIn).toEqual(FULL.carriedIn);
  });

  it('is rated with the add-ons of its lines', () => {
    expect(ratedAccountOf({ ...PLAIN, lines: FULL.lines }).lines[0]?.addOns).toEqual([
      { addOn: 'abroad', from: MOVED },
    ]);
  });

  it('leaves out what an account has and no bill is made from', () => {
    const account = {
      ...FULL.account,
      segment: 'business',
      taxIds: [],
      delivery: ['email' as const],
      externalIds: { crm: '4711' },
      billingDay: 1,
      collection: 'automatic' as const,
      createdAt: SINCE,
      lines: 0,
      wakeShard: 'minute#1',
      wakeAt: '00:01',
    };

    expect(inputAsOfNow(account, [], NOVEMBER, FULL.catalogs, [])).toEqual({
      ...PLAIN,
      account: { ...PLAIN.account, isBusiness: true },
      lines: [],
    });
  });

  it.each([
    ['its segment', { segment: 'business', taxIds: [] }, true],
    ['a tax number', { taxIds: [{ type: 'eu_vat' as const, value: 'SE556000000001' }] }, true],
    ['neither', { segment: 'gold', taxIds: [] }, false],
  ])('knows a company by %s', (_, account, expected) => {
    expect(isBusiness(account)).toBe(expected);
  });
});

describe('what a period was frozen with', () => {
  const kept = new Map<string, Uint8Array>();
  const store: ManifestStore = {
    write: async (key, bytes) => void kept.set(key, bytes),
    read: async key => kept.get(key) ?? new Uint8Array(),
  };
  const manifest = manifestOf([aRecord({ id: 'two' }, { voided: true }), aRecord({ id: 'one' })]);
  const RECORDS = ['!switch/two', 'switch/one'];
  const freeze = async (input: FrozenInput) => {
    const { key, inputDigest } = await keepFrozen(store, input, manifest);
    return { manifest: key, digest: manifest.digest, inputDigest };
  };

  it('is read as it was kept', async () => {
    const frozen = await freeze(FULL);

    expect(await readFrozen(store, frozen)).toEqual({ input: FULL, records: new Set(RECORDS) });
    expect([...(await readManifest(store, frozen.manifest))]).toEqual(RECORDS);
  });

  it('has a place of its own for each input and for each list of records', async () => {
    const places = [await freeze(FULL), await freeze(PLAIN), await freeze(FULL)].map(frozen => frozen.manifest);
    const { key: empty } = await keepFrozen(store, FULL, manifestOf([]));

    expect(new Set([...places, empty]).size).toBe(3);
    expect((await readManifest(store, empty)).size).toBe(0);
  });

  it.each([
    ['records', { digest: '00'.repeat(32) }],
    ['input', { inputDigest: '00'.repeat(32) }],
    ['input, which must not be there', { inputDigest: undefined }],
  ])('is not believed when its %s have another digest', async (_, wrong) => {
    const frozen = await freeze(FULL);

    await expect(readFrozen(store, { ...frozen, ...wrong })).rejects.toThrow(NotAsFrozen);
  });
});
