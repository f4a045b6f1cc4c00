import { expect, test } from 'vitest';
import { useSmallCloud } from './small-cloud.ts';

const MINUTE = 60_000;
const NEW_MINUTE = Date.UTC(2026, 10, 1, 0, 1);
const small = useSmallCloud({ clock: NEW_MINUTE - 300 });

test('a running clock fires schedules by itself, also after it was moved', async () => {
  small.cloud.letTimeRun();
  await expect.poll(() => small.item('ticks'), { timeout: 5_000 }).toBeDefined();
  expect(small.cloud.now()).toBeGreaterThan(NEW_MINUTE);

  const moved = NEW_MINUTE + 60 * MINUTE;
  await small.cloud.moveTo(moved);
  const shortly = small.cloud.now();
  expect(shortly).toBeGreaterThanOrEqual(moved);
  await expect.poll(() => small.cloud.now()).toBeGreaterThan(shortly);
});

test('while it runs, pauses last as long as they were meant to', async () => {
  expect(await (await small.post('/pause')).json()).toEqual({ first: 'poll' });
});
