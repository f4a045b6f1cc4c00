import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UnreadableFile } from './unreadable-file.ts';

/** What is accepted packed may be this much unpacked: a day of a large network, and no more than one function unpacks. */
export const MOST_UNPACKED_BYTES = 32 * 1024 ** 3;
/** Records of usage become a tenth to a fiftieth; one that becomes less was made to fill a disk. */
const MOST_RATIO = 250;
/** Below, the ratio says nothing. */
const ALWAYS_UNPACKED_BYTES = 64 * 1024 * 1024;

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Unpacks gzip, member after member, as fast as it is read.
 * @throws UnreadableFile `corrupt`, or `inflates-too-much`
 */
export async function* unpacked(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sent = 0;
  let inflated = 0;
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const source = Readable.from(
    counted(packed, length => {
      sent += length;
    }),
  );
  source.on('error', error => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) {
      inflated += chunk.length;
      const most = Math.min(MOST_UNPACKED_BYTES, Math.max(ALWAYS_UNPACKED_BYTES, sent * MOST_RATIO));
      if (inflated > most) {
        throw new UnreadableFile(
          'inflates-too-much',
          `The file unpacks to more than ${most} bytes, ${MOST_RATIO} times what was sent. Send it in smaller files.`,
        );
      }
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? corrupt(error) : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* counted(bytes: AsyncIterable<Uint8Array>, count: (length: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    count(chunk.length);
    yield chunk;
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function corrupt(error: Error): UnreadableFile {
  const isCutOff = error.message.includes('unexpected end');
  return new UnreadableFile(
    'corrupt',
    isCutOff
      ? 'The gzip file ends before its end: it was cut off. Send it again.'
      : 'The file is not whole gzip. Send it again.',
  );
}
