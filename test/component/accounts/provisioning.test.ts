import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findAccount, linesOf } from '#shared/accounts/account-book.ts';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { provision } from '#shared/accounts/provisioning/provision.ts';
import type { Tariff } from '#shared/accounts/provisioning/tariff.ts';
import { ACCOUNT_LEASE, AccountItem, accountKey, accountLeaseKey } from '#shared/accounts/records/account-item.ts';
import { lineKey, SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#shared/platform/instant.ts';
import { withLease } from '#shared/platform/lease.ts';
import { aStoredAccount, aStoredLine, at, CATALOG, fee, theirs } from '#test/builders/provisioning.ts';
import { type CallFault, type CallFaults, ModelProvider } from '#test/parts/model-provider.ts';
import { useTables } from '#test/parts/tables.ts';

const tables = useTables();
const NOVEMBER = { start: at('2026-11-01T00:00:00Z'), end: at('2026-12-01T00:00:00Z') };
const SWEDISH = { type: 'eu_vat', value: 'SE556677889901' };
const NORWEGIAN = { type: 'no_vat', value: '123456789MVA' };
const DUTCH = { type: 'eu_vat', value: 'NL123456789B01' };

const tariff: Tariff = {
  currencies: async () => ['SEK'],
  brands: async () => [],
  defaults: async () => ({ locale: 'en', timezone: 'UTC', country: undefined }),
  plans: async () => [...CATALOG.keys()],
  plan: async plan => ({ currencies: ['SEK'], parts: () => CATALOG.get(plan) }),
  addOns: async () => [],
  addOn: async () => undefined,
};

let accounts = 0;

/** An account with these lines in the ledger, and a provider whose coming calls go as `faults` say. */
async function situation(plans: readonly string[], faults: CallFaults, wishes: Partial<AccountItem>) {
  const account = `acc-${++accounts}`;
  const { ledger } = tables;
  await ledger.put({
    ...accountKey(account),
    ...z.encode(AccountItem, aStoredAccount({ ...wishes, account, lines: plans.length })),
  });
  for (const [place, plan] of plans.entries()) {
    const line = aStoredLine(`line-${place}`, { account, plan, place });
    await ledger.put({ ...lineKey(account, line.line), ...z.encode(SubscriberLine, line) });
  }
  let now: Instant = at('2026-11-02T00:00:00Z');
  const provider = new ModelProvider(NOVEMBER, faults);
  const services: AccountServices = { ledger, provider, tariff, clock: () => now, billingHour: 0 };
  const run = () => {
    const lease = { owner: 'test', clock: services.clock, holdMs: ACCOUNT_LEASE };
    return withLease(ledger, accountLeaseKey(account), lease, held => provision(services, account, held));
  };
  return {
    account,
    provider,
    run,
    /** Runs again and again, with pauses, until a run is through; answers how many were not. */
    async runUntilDone(pauses: readonly number[]): Promise<number> {
      for (let broken = 0; ; broken++) {
        try {
          await run();
          return broken;
        } catch {
          now += pauses[broken % pauses.length] ?? 0;
        }
      }
    },
    wish: (set: Partial<AccountItem>) => ledger.update(accountKey(account), { set }),
  };
}

const someFaults = fc.array(fc.constantFrom<CallFault>('passes', 'dies-before', 'dies-after', 'busy', 'fails-after'), {
  maxLength: 2,
});
const faultsOf = (...calls: string[]) => fc.record(Object.fromEntries(calls.map(call => [call, someFaults])));
const pauses = fc.array(fc.constantFrom(0, 3 * MINUTE, HOUR, DAY + HOUR), { minLength: 1, maxLength: 4 });
const plans = fc.array(fc.constantFrom('big', 'small'), { minLength: 1, maxLength: 4 });

function partsFor(lines: readonly string[]) {
  const count = (plan: string) => lines.filter(each => each === plan).length;
  const fees = ['big', 'small'].filter(plan => count(plan) > 0).map(plan => [`fee-${plan}`, count(plan)]);
  const metered = ['big', 'small'].filter(plan => count(plan) > 0).map(plan => [`data-${plan}`, undefined]);
  return [['calls', undefined], ...metered, ...fees];
}

const sorted = (parts: readonly (readonly unknown[])[]) =>
  parts.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));

describe('provisioning, whatever breaks off, fails, is busy or replayed', () => {
  it('ends with one customer and one subscription as they should be, and a further run finds no difference', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans,
        faultsOf('create customer', 'add tax id', 'create subscription', 'change subscription'),
        pauses,
        async (lines, broken, waits) => {
          // given
          const { account, provider, run, runUntilDone } = await situation(lines, broken, {
            taxIds: [SWEDISH, NORWEGIAN],
          });
          // when
          await runUntilDone(waits);
          provider.calls.splice(0);
          await run();
          // then
          expect(provider.calls).toEqual(['read subscription']);
          expect(provider.customersMade).toHaveLength(1);
          expect(provider.customersMade[0]?.details?.name).toBe('Example AB');
          expect(provider.customersMade[0]?.taxIds.map(({ type, value }) => ({ type, value }))).toEqual([
            SWEDISH,
            NORWEGIAN,
          ]);
          expect(provider.subscriptionsMade).toHaveLength(1);
          const parts = provider.subscriptionsMade[0]?.parts ?? [];
          expect(sorted(parts.map(({ id, quantity }) => [id, quantity]))).toEqual(sorted(partsFor(lines)));
          const kept = await linesOf(tables.ledger, account);
          expect(kept.map(({ billed, state }) => [billed, state])).toEqual(lines.map(() => [true, 'active']));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('takes back what it set, and leaves what a person set', async () => {
    await fc.assert(
      fc.asyncProperty(
        faultsOf('remove tax id', 'set collection', 'read subscription'),
        pauses,
        async (broken, waits) => {
          // given an account that is in order, and what a person added at the dashboard
          const { account, provider, runUntilDone, wish } = await situation(
            ['big'],
            {},
            {
              taxIds: [SWEDISH, NORWEGIAN],
            },
          );
          await runUntilDone([0]);
          provider.byHand(one => ({ ...one, parts: [...one.parts, theirs(fee('support', 2))] }));
          const customer = provider.customersMade[0];
          customer?.taxIds.push({ ...DUTCH, id: 'txi_hand' });
          // when
          provider.breakOff(broken);
          await wish({ taxIds: [SWEDISH], collection: 'invoice' });
          await runUntilDone(waits);
          // then
          expect(customer?.taxIds.map(({ value }) => value)).toEqual([SWEDISH.value, DUTCH.value]);
          expect(provider.subscriptionsMade).toMatchObject([{ collection: 'invoice' }]);
          expect(provider.subscriptionsMade[0]?.parts.map(({ id }) => id)).toContain('support');
          expect((await findAccount(tables.ledger, account))?.stripeTaxIds?.map(({ value }) => value)).toEqual([
            SWEDISH.value,
          ]);
        },
      ),
      { numRuns: 8 },
    );
  });
});
