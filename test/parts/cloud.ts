import { afterAll, beforeAll } from 'vitest';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '#infra/local/local-cloud.ts';
import { insideTests } from '#test/parts/inside-tests.ts';

/**
 * A local cloud of its own for the test file, by default with domain time standing at 2026-11-01T00:00:00Z. Its
 * functions run one invocation at a time, so that calls come in the same order in every run. Read the members inside
 * tests only.
 */
export function useCloud(options: LocalCloudOptions | (() => LocalCloudOptions) = {}): LocalCloud {
  let cloud: LocalCloud | undefined;
  beforeAll(async () => {
    const given = typeof options === 'function' ? options() : options;
    cloud = await startLocalCloud({ clock: Date.UTC(2026, 10, 1), retryAfterMs: 50, concurrency: 1, ...given });
  });
  afterAll(() => cloud?.stop());
  return insideTests('The cloud', () => cloud);
}
