import { describe, expect, it } from 'vitest';
import { handler as usageIntake } from '#functions/usage-intake/handler.ts';
import { BatchMarkers } from '#shared/usage/intake/batch-marker.ts';
import type { BatchMessage } from '#shared/usage/posting/batch-message.ts';
import { aContext } from '#test/builders/http.ts';
import { sqsEvent, useUsageWorld } from '#test/parts/usage-world.ts';

describe('a message that cannot be taken in', () => {
  const world = useUsageWorld('2026-11-05T12:00:00Z');

  const good = (batch: string): BatchMessage => ({
    v: 1,
    batch,
    source: 'switch-1',
    sourceCode: '1',
    acceptedSeconds: 1_793_880_000,
    tag: 'aaa',
    accepted: 1,
    pages: ['2026-11-02T08:00#voice'],
    records: ['+46730000001', '0', `1:${batch}`, '1o0|60|112'],
  });

  it.each([
    ['no JSON', '{"v":1'],
    ['something else', '{"hello":"world"}'],
    ['another version', JSON.stringify({ ...good('p-1'), v: 2 })],
    ['a torn batch', JSON.stringify({ ...good('p-2'), records: ['+46730000001', '0', '1:x'] })],
    ['a page that is not listed', JSON.stringify({ ...good('p-3'), records: ['+46730000001', '7', '1:x', '1o0|60'] })],
    ['a page that is none', JSON.stringify({ ...good('p-4'), pages: ['yesterday#voice'] })],
    ['a record without a name', JSON.stringify({ ...good('p-5'), records: ['', '0', '1:x', '1o0|60'] })],
    ['an object that is not there', JSON.stringify({ Records: [{ s3: { object: { key: 'raw/none.json.gz' } } }] })],
  ])('fails alone: %s', async (name, body) => {
    const neighbour = `neighbour-${name.replaceAll(' ', '-')}`;

    const { batchItemFailures } = await usageIntake(
      sqsEvent([
        { id: 'bad', body },
        { id: 'good', body: JSON.stringify(good(neighbour)) },
      ]),
      aContext,
    );

    expect(batchItemFailures).toEqual([{ itemIdentifier: 'bad' }]);
    const status = await new BatchMarkers(world.tables.ledger).status('switch-1', neighbour, '', 0);
    expect(status).toMatchObject({ state: 'counted', counted: 1 });
  });

  it('may be the test that the bucket sends when it is set up, which is nothing to do', async () => {
    const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'usage' });

    const answer = await usageIntake(sqsEvent([{ id: 'test', body }]), aContext);

    expect(answer.batchItemFailures).toEqual([]);
  });
});
