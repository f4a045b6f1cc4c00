import { describe, expect, it } from 'vitest';
import { currentPeriods } from '#functions/usage-api/current-periods.ts';
import { leftOutBy } from '#functions/usage-api/left-out.ts';
import { ensureSource } from '#shared/access/source.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { ledgerAssignments } from '#shared/usage/intake/look-up-assignments.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { printStamp, stamped } from '#shared/usage/pages/page-codec.ts';
import { pageKey, printSlot } from '#shared/usage/pages/page-key.ts';
import { tablePageWriter } from '#shared/usage/pages/page-writer.ts';
import { pageReader } from '#shared/usage/pages/read-pages.ts';
import { isRefused, recordChecker } from '#shared/usage/posting/check-record.ts';
import type { PostedRecord } from '#shared/usage/posting/record.ts';
import { DismissedRecords } from '#shared/usage/quarantine/dismissal.ts';
import {
  listQuarantine,
  type QuarantineDependencies,
  redriveQuarantine,
} from '#shared/usage/quarantine/list-quarantine.ts';
import { pointAtPeriod } from '#shared/usage/quarantine/point-at-period.ts';
import { QuarantineLedger } from '#shared/usage/quarantine/quarantine-ledger.ts';
import { aLine } from '#test/builders/accounts.ts';
import { aCall, anSms, aVoid } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const NOVEMBER = { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 11, 1) };

describe('records that rating leaves out', () => {
  const world = useAccountWorld();

  function ports(): QuarantineDependencies {
    const { client, ledger, pages: table } = world.tables;
    const pages = pageReader(client, table, new SourceRegistry(ledger));
    return {
      quarantine: new QuarantineLedger(ledger),
      dismissed: new DismissedRecords(ledger),
      pages,
      lookUpAssignments: ledgerAssignments(client, ledger.name),
      readArchive: async () => [],
      periodsOf: currentPeriods(ledger, world.services.clock),
      leftOutOf: leftOutBy(pages, ledger, world.s3, world.bucket),
    };
  }

  async function write(...records: PostedRecord[]) {
    const { code } = await ensureSource(world.tables.ledger, 'switch-1', () => 'secret');
    const check = recordChecker({ acceptedAt: NOVEMBER.end, sourceCode: code, keptSince: () => 0 });
    for (const record of records) {
      const entry = check(record);
      if (isRefused(entry)) throw new Error(JSON.stringify(entry));
      const page = { name: entry.name, page: pageKey(printSlot(entry.slotStart), entry.kind), expiresAtSeconds: 4e9 };
      const text = stamped(entry.facts, printStamp(NOVEMBER.end / 1_000, 'tst'));
      await tablePageWriter(world.tables.client, world.tables.pages)(page, new Map([[entry.attribute, text]]));
    }
  }

  const codes = async (filter: object) =>
    (await listQuarantine(filter, 50, undefined, ports())).items.map(({ code, facts, account }) => [
      code,
      facts.id,
      account,
    ]);

  it('are listed at once for their line, for all after the next rating, and gone when they are voided', async () => {
    const line = '+46701000001';
    await accountThatCanPay(world, 'acc-1');
    await putLine(world.services, 'acc-1', 'line-1', aLine({ msisdn: line }));
    const parking = anSms({ id: 'parking', line, kind: 'parking', peer: undefined });
    await write(parking, aCall({ id: 'call', line }));

    const ofLine = await codes({ line });
    const before = await codes({ code: 'unrated' });
    await pointAtPeriod(new QuarantineLedger(world.tables.ledger), 'acc-1', NOVEMBER, 1);
    const after = await codes({ code: 'unrated' });
    const twice = await codes({ line });
    await write(aVoid(parking));
    const redriven = await redriveQuarantine({ code: 'unrated' }, undefined, ports());

    expect(ofLine).toEqual([['unrated', 'parking', 'acc-1']]);
    expect(before).toEqual([]);
    expect([after, twice]).toEqual([ofLine, ofLine]);
    expect(redriven).toEqual({ looked: 1, solved: 1, remaining: 0, next: undefined });
    expect(await codes({})).toEqual([]);
  });

  it('are also those that contradict a record on another page', async () => {
    const line = '+46701000002';
    await accountThatCanPay(world, 'acc-2');
    await putLine(world.services, 'acc-2', 'line-1', aLine({ msisdn: line }));
    await write(
      aCall({ id: 'same', line, startedAt: '2026-11-02T08:00:00Z' }),
      aCall({ id: 'same', line, startedAt: '2026-11-02T09:00:00Z' }),
    );

    const { items } = await listQuarantine({ line, code: 'conflict' }, 50, undefined, ports());

    // Accepted in the same second: the smaller page key counts.
    expect(items.map(({ facts }) => facts.startedAt)).toEqual([Date.UTC(2026, 10, 2, 9)]);
  });
});
