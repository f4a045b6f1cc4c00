import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpacked } from '#shared/usage/files/unpack.ts';

async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function textOf(packed: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(unpacked(packed))).toString();
}

describe('gzip', () => {
  test('is unpacked over the limits of chunks, and member behind member', async () => {
    const packed = gzipSync('one line\n');
    const other = gzipSync('another\n');

    expect(await textOf(chunks(packed.subarray(0, 7), packed.subarray(7), other))).toBe('one line\nanother\n');
  });

  test.each([
    ['was cut off', gzipSync('x'.repeat(100)).subarray(0, 20), /cut off/],
    ['has another byte than was sent', flipped(gzipSync('a line of usage\n'.repeat(20))), /not whole/],
  ])('that %s is told of', async (_, packed, detail) => {
    const failure = await textOf(chunks(packed)).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 'corrupt', detail: expect.stringMatching(detail) });
  });

  test('that fills a disk is given up at 64 MB, or 250 times what was sent', async () => {
    // 80 MB of zeros are 80 KB packed: a thousandth.
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));

    await expect(textOf(chunks(bomb))).rejects.toMatchObject({ code: 'inflates-too-much' });
  });
});

/** In the check sum at the end. */
function flipped(bytes: Buffer): Buffer {
  bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1;
  return bytes;
}
