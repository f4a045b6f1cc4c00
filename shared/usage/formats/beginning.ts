/** The first bytes of a file, and all of it. */
export interface Beginning {
  readonly first: Buffer;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** As much as tells a file's encoding, line ends and columns. */
const ENOUGH = 64 * 1024;

/** Looks at the first bytes without taking them away. */
export async function beginningOf(bytes: AsyncIterable<Uint8Array>): Promise<Beginning> {
  const iterator = bytes[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  while (length < ENOUGH) {
    const next = await iterator.next();
    if (next.done === true) break;
    seen.push(next.value);
    length += next.value.length;
  }
  return { first: Buffer.concat(seen), bytes: replayed(seen, iterator) };
}

async function* replayed(seen: Uint8Array[], iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    // Taken off as they are handed on: a beginning is not kept in memory to the end.
    for (let chunk = seen.shift(); chunk !== undefined; chunk = seen.shift()) yield chunk;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** A mark at the beginning, or the zeros of UTF-16, tell an encoding; everything else is UTF-8 until somebody says. */
export function encodingOf(first: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  if (first.length < 4) return 'utf-8';
  if (first[0] !== 0 && first[1] === 0 && first[3] === 0) return 'utf-16le';
  return first[0] === 0 && first[1] !== 0 && first[2] === 0 ? 'utf-16be' : 'utf-8';
}

/** Carriage returns alone end lines where the beginning has no line feed at all. */
export function lineEndOf(first: Buffer): 'lf' | 'cr' {
  return !first.includes(10) && first.includes(13) ? 'cr' : 'lf';
}

/** UTF-16 as UTF-8: line ends are single bytes from here on. */
export async function* asUtf8(
  bytes: AsyncIterable<Uint8Array>,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
