import { afterAll, describe, expect, test } from 'vitest';
import { prepare, tellSample } from '#infra/local/after-start.ts';
import { type LocalCloud, startLocalCloud } from '#infra/local/local-cloud.ts';
import { sampleMonths } from '#infra/local/story/sample-months.ts';
import { listIn } from '#test/parts/answer-body.ts';
import { Outsider } from '#test/parts/outsider.ts';

// What `npm start` tells, to the end: a person who sees Dunlin for the first time reads it.

let cloud: LocalCloud | undefined;
afterAll(() => cloud?.stop());

describe('the sample of npm start', () => {
  test('tells two months, and wins two failed payments back', { timeout: 400_000 }, async () => {
    const months = sampleMonths(Date.UTC(2026, 10, 21));
    const told: string[] = [];
    cloud = await startLocalCloud({ clock: months.start, retryAfterMs: 50 });
    await prepare(cloud, {});
    await tellSample(cloud, months, line => told.push(line));
    const text = told.join('\n');

    // A refusal, a reminder, slower data, a last notice, no service, another card, everything back.
    expect(text).toMatch(
      /clarke’s payment of [\d.]+ SEK is declined: insufficient funds.*“Dunlin Mobile: your payment of SEK .* did not go through”.*“Dunlin Mobile: reminder, SEK .*the network is told to throttle emma.*“Dunlin Mobile: final notice, .*the network is told to suspend emma.*clarke replaces the card on the portal page.*clarke pays [\d.]+ SEK after \d declined attempts.*“Dunlin Mobile: thank you, SEK .* is paid”.*the network is told to restore emma/s,
    );
    expect(text).toMatch(
      /van-dijk opens the link in the mail and gives another card.*van-dijk pays [\d.]+ EUR after one/s,
    );
    expect(text).not.toContain('DIFFERENT');
    const money = told.filter(line => /^ {2}\S+ +(SEK|EUR) /.test(line)).map(line => line.trim().split(/ +/));
    expect(money.map(([account, , billed, paid, , , open]) => [account, billed === paid, open])).toEqual([
      ['nordlys', true, '0.00'],
      ['van-dijk', true, '0.00'],
      ['petit', true, '0.00'],
      ['clarke', true, '0.00'],
    ]);
    expect(money.map(([, , , , failed, recovered]) => [failed === '0.00', failed === recovered])).toEqual([
      [true, true],
      [false, true],
      [true, true],
      [false, true],
    ]);
  });

  test('leaves a bill in four languages in the inbox for every bill, and nothing but one contradiction for a person', async () => {
    if (cloud === undefined) throw new Error('The sample was not told.');
    const operator = new Outsider(cloud.api);
    const bills = cloud.outbox.mails().filter(({ text }) => /\/b\/\S+$/m.test(text));
    const quarantine = await operator.get('/v1/quarantine');

    // Four accounts: the first month's fee, and two months.
    expect(bills.map(({ to }) => to).sort()).toEqual(
      ['emma@clarke.example', 'camille@petit.example', 'faktura@nordlys.example', 'sanne@vandijk.example']
        .flatMap(to => [to, to, to])
        .sort(),
    );
    expect(listIn(quarantine.body).map(({ code }) => code)).toEqual(['conflict']);
  });
});
