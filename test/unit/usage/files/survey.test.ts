import { describe, expect, test } from 'vitest';
import { rangesOf, surveyFile } from '#shared/usage/files/survey.ts';

async function* inChunks(text: string, length: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** Lines begin at 0, 4, 8, 12. */
const FOUR_LINES = 'aa1\naa2\naa3\naa4';

describe('a file that is looked through', () => {
  test.each([1, 3, 64])('is cut where lines begin, in chunks of %i bytes', async chunk => {
    const { size, cuts } = await surveyFile(inChunks(FOUR_LINES, chunk), 5);

    expect(size).toBe(15);
    // The first beginning at or behind byte 5 is 8; the next at or behind 8 + 5 = 13 is none.
    expect(cuts).toEqual([
      { offset: 0, row: 1 },
      { offset: 8, row: 3 },
    ]);
  });

  test('has the digest of its content', async () => {
    // printf abc | sha256sum (FIPS 180-2, appendix B.1)
    expect((await surveyFile(inChunks('abc', 2))).digest).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('is not cut behind its last line', async () => {
    expect((await surveyFile(inChunks('aaaa\nbbbb\n', 64), 5)).cuts).toHaveLength(2);
    expect((await surveyFile(inChunks('aaaa\n', 64), 5)).cuts).toHaveLength(1);
  });

  test.each([
    ['a quoted cell goes on over the end of its line', '"a\nb",1\nc,2\n'],
    ['it has the zeros of UTF-16', 'a\0\n\0b\0\n\0'],
  ])('is one range when %s', async (_, text) => {
    const survey = await surveyFile(inChunks(text, 64), 2);

    expect(rangesOf(survey, true)).toEqual([{ offset: 0, row: 1 }]);
  });

  test('is one range where rows belong together, and at most 256', async () => {
    const survey = await surveyFile(inChunks('x\n'.repeat(1_000), 64), 2);

    expect(rangesOf(survey, false)).toEqual([{ offset: 0, row: 1 }]);
    // 1 000 beginnings, every fourth: 250.
    expect(rangesOf(survey, true)).toHaveLength(250);
    expect(rangesOf(survey, true)[1]).toEqual({ offset: 8, row: 5 });
  });
});
