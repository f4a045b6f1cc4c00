import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '#shared/platform/http/json-fault.ts';

describe('where a text stops being JSON', () => {
  it.each([
    ['[1,,2]', 1, 4, ','],
    ['[1,2,]', 1, 6, ']'],
    ['[{"id": "a"},\n {"id": "b"},,\n {"id": "c"}]', 2, 14, ','],
    ['[{"id": "a"}\r\n {"id": "b"}]', 2, 2, '{'],
    ['{"a" 1}', 1, 6, '1'],
    ['{a: 1}', 1, 2, 'a'],
    ['{"a": 1,}', 1, 9, '}'],
    ['[1]]', 1, 4, ']'],
    ['[1}', 1, 3, '}'],
    ['{"a": 01}', 1, 8, '1'],
    ['["💧", oops]', 1, 7, 'o'],
    ['{"a": "x\ny"}', 1, 9, '\n'],
    ['{"a": "\\x"}', 1, 8, '\\'],
    ['[1, 2', 1, 6, undefined],
    ['{"a": "half', 1, 12, undefined],
    ['', 1, 1, undefined],
  ])('is found: %j', (text, line, column, found) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(jsonFault(text)).toEqual({ line, column, found });
  });

  it('is where the engine sees it, wherever the engine says so', () => {
    let told = 0;
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom(',', ']', '}', '"', ':', 'x', '1'),
        (json, at, sign) => {
          const place = at % (json.length + 1);
          const text = json.slice(0, place) + sign + json.slice(place);
          const engine = placeByEngine(text);
          if (engine === undefined) return;
          told += 1;
          const { column } = jsonFault(text);
          // Of a broken word or number (`fa"lse`, `1e-,`) the engine names the break, we where it begins.
          expect(text.slice(column - 1, engine)).toMatch(/^[-+.\w\\]*$/);
          expect(column - 1).toBeLessThanOrEqual(engine);
        },
      ),
      { numRuns: 500 },
    );
    expect(told).toBeGreaterThan(50);
  });
});

/** The engine counts units of the text; only where they are characters can the two be compared. */
function placeByEngine(text: string): number | undefined {
  if (/[^\x20-\x7e]/.test(text)) return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
    return position === undefined ? undefined : Number(position);
  }
}
