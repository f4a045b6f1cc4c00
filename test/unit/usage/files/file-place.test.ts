import { describe, expect, test } from 'vitest';
import { FILE_NAME, fileOfObject, placeOfKey } from '#shared/usage/files/file-place.ts';

const FILE = '0123456789abcdef01234567';

describe('the key of an object', () => {
  test.each([
    ['drops/switch-1/a.csv', { source: 'switch-1', name: 'a.csv', file: undefined }],
    ['drops/switch-1/2026/11/a.csv', { source: 'switch-1', name: '2026/11/a.csv', file: undefined }],
    [`uploads/switch-1/${FILE}/a.csv`, { source: 'switch-1', name: 'a.csv', file: FILE }],
    ['uploads/switch-1/by-hand/a.csv', { source: 'switch-1', name: 'a.csv', file: undefined }],
  ])('%s says whose file it is', (key, place) => {
    expect(placeOfKey(key)).toEqual({ key, ...place });
  });

  test.each(['drops/switch-1/', 'drops/a.csv', 'uploads/switch-1/a.csv', 'raw/2026-11-01/switch-1/b.json.gz'])(
    '%s is not that of a file',
    key => {
      expect(placeOfKey(key)).toBeUndefined();
    },
  );

  test('with other content is another file', () => {
    expect(fileOfObject('drops/a/b', 'e1')).not.toBe(fileOfObject('drops/a/b', 'e2'));
    expect(fileOfObject('drops/a/b', 'e1')).toMatch(/^[0-9a-f]{24}$/);
  });
});

test.each(['a.csv', 'Åäö 漢字 (2).csv.gz', '.hidden', '...'])('%s is a name', name => {
  expect(FILE_NAME.test(name)).toBe(true);
});

test.each(['', '.', '..', '../a', 'a/b', 'a\\b', 'a\nb', 'x'.repeat(201)])('%j is not a name', name => {
  expect(FILE_NAME.test(name)).toBe(false);
});
