import { beforeAll, describe, expect, it } from 'vitest';
import { findLine } from '#shared/accounts/account-book.ts';
import { IdentifierAssignments, identifierKey } from '#shared/accounts/identifiers/identifier-assignments.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { aLine } from '#test/builders/accounts.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();
const at = Date.parse;

beforeAll(async () => {
  await accountThatCanPay(world, 'acc-1');
  await accountThatCanPay(world, 'acc-2');
});

describe('the names of lines', () => {
  it('belong to one line: a number in use is refused, and nothing of the second line is left', async () => {
    // given
    await putLine(world.services, 'acc-1', 'a', aLine({ msisdn: '+46700000101' }));
    // when
    const refused = putLine(world.services, 'acc-2', 'b', aLine({ msisdn: '+46700000101', imsi: '240011234567890' }));
    // then
    await expect(refused).rejects.toMatchObject({ code: 'number-taken', status: 409 });
    expect(await findLine(world.services.ledger, 'acc-2', 'b')).toBeUndefined();
    expect(
      await world.services.ledger.get(identifierKey('imsi:240011234567890'), IdentifierAssignments),
    ).toBeUndefined();
  });

  it('of two that want the same at the same time go to exactly one', async () => {
    const wishes = ['acc-1', 'acc-2'].map(account =>
      putLine(world.services, account, 'race', aLine({ msisdn: '+46700000102' })),
    );

    const outcomes = await Promise.allSettled(wishes);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const owners = await world.services.ledger.get(identifierKey('+46700000102'), IdentifierAssignments);
    expect(owners?.owners).toHaveLength(1);
  });

  it('let a line id be used in two accounts: the name of it is with the first', async () => {
    await putLine(world.services, 'acc-1', 'home', aLine({ msisdn: '+46700000103' }));
    await putLine(world.services, 'acc-2', 'home', aLine({ msisdn: '+46700000104' }));

    const names = async (account: string) =>
      (await findLine(world.services.ledger, account, 'home'))?.names.map(({ name }) => name);
    expect(await names('acc-1')).toEqual(['+46700000103', 'line:home']);
    expect(await names('acc-2')).toEqual(['+46700000104']);
  });

  it('move with a new SIM and a ported number, each with its time', async () => {
    // given
    await putLine(world.services, 'acc-1', 'swap', aLine({ msisdn: '+46700000105', imsi: '240010000000001' }));
    // when, four days later
    await world.moveTo('2026-11-05T00:00:00Z');
    await putLine(world.services, 'acc-1', 'swap', aLine({ msisdn: '+46700000106', imsi: '240010000000002' }));
    await putLine(world.services, 'acc-2', 'heir', aLine({ msisdn: '+46700000105' }));
    // then
    const line = await findLine(world.services.ledger, 'acc-1', 'swap');
    expect(line).toMatchObject({ state: 'active', msisdn: '+46700000106', imsi: '240010000000002' });
    expect(line?.names).toEqual([
      { name: '+46700000105', from: at('2026-11-01T00:00:00Z'), until: at('2026-11-05T00:00:00Z') },
      { name: 'imsi:240010000000001', from: at('2026-11-01T00:00:00Z'), until: at('2026-11-05T00:00:00Z') },
      { name: 'line:swap', from: at('2026-11-01T00:00:00Z') },
      { name: '+46700000106', from: at('2026-11-05T00:00:00Z') },
      { name: 'imsi:240010000000002', from: at('2026-11-05T00:00:00Z') },
    ]);
    expect((await world.services.ledger.get(identifierKey('+46700000105'), IdentifierAssignments))?.owners).toEqual([
      { account: 'acc-1', line: 'swap', from: at('2026-11-01T00:00:00Z'), until: at('2026-11-05T00:00:00Z') },
      { account: 'acc-2', line: 'heir', from: at('2026-11-05T00:00:00Z') },
    ]);
  });

  it('cannot be had for a time in which they were somebody else’s', async () => {
    const backdated = aLine({ msisdn: '+46700000105', from: '2026-11-04T00:00:00Z' });
    await putLine(world.services, 'acc-2', 'heir', aLine({ msisdn: '+46700000107' }));

    const refused = putLine(world.services, 'acc-2', 'early', backdated);

    await expect(refused).rejects.toMatchObject({ code: 'number-taken' });
  });
});
