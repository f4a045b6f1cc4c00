import { describe, expect, test } from 'vitest';
import { parseStartArguments } from '#infra/local/start-arguments.ts';

const OF_NPM = { npm_lifecycle_event: 'start' };

describe('npm start without the --', () => {
  // As npm 11.19 hands them on: `npm start --port 8961 --empty`.
  test('an option and its value, which came apart, are put together', () => {
    const env = { ...OF_NPM, npm_config_port: 'true', npm_config_empty: 'true' };

    expect(parseStartArguments(['8961'], env)).toMatchObject({ port: 8961, isEmpty: true });
  });

  // `npm start --port=8961 --clock 2026-11-01T00:00:00Z`
  test('beside one that npm kept as a whole', () => {
    const env = { ...OF_NPM, npm_config_port: '8961', npm_config_clock: 'true' };

    expect(parseStartArguments(['2026-11-01T00:00:00Z'], env)).toMatchObject({
      port: 8961,
      clock: Date.UTC(2026, 10, 1),
    });
  });

  test('where it cannot be told what belongs to what, the remedy is told', () => {
    const env = { ...OF_NPM, npm_config_data: 'true', npm_config_catalog: 'true' };

    expect(() => parseStartArguments(['a', 'b'], env)).toThrow('npm start -- --port 8961 --empty');
  });

  test('with the -- nothing is changed, and a setting of npm outside of a start means nothing', () => {
    expect(parseStartArguments(['--port', '8961'], OF_NPM)).toMatchObject({ port: 8961 });
    expect(parseStartArguments([], { npm_config_port: '1' })).toMatchObject({ port: 8787 });
  });
});
