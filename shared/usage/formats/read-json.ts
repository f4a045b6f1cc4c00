import { faultOf } from '#shared/platform/http/body.ts';
import { type Place, refusedAt } from './file-entry.ts';
import { JsonCutter, type JsonPiece } from './json-cutter.ts';
import type { TakeJson } from './read-ndjson.ts';

/** Records of JSON files: documents, arrays, envelopes. `row` counts records; all of them are at the file's beginning. */
export async function* jsonPlaces(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  path: string | undefined,
  take: TakeJson,
): AsyncGenerator<Place[]> {
  const decoder = new TextDecoder(encoding);
  const cutter = new JsonCutter(path);
  for await (const chunk of bytes) yield cutter.take(decoder.decode(chunk, { stream: true })).map(placeBy(take));
  yield [...cutter.take(decoder.decode()), ...cutter.end()].map(placeBy(take));
}

function placeBy(take: TakeJson): (piece: JsonPiece) => Place {
  return ({ text, row }) => {
    const at = { row, offset: 0 };
    if (text === undefined) return refusedAt(at, { path: '', code: 'too-long', message: 'It is longer than 4 MB.' });
    if (text.includes('\uFFFD')) return refusedAt(at, NOT_IN_ENCODING);
    const value = parsed(text) ?? parsed(withoutNan(text));
    if (value === undefined)
      return refusedAt(at, { path: '', code: 'not-json', message: `It is not JSON: ${faultOf(text)}` });
    return take(value.content, at);
  };
}

function parsed(text: string): { readonly content: unknown } | undefined {
  try {
    return { content: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** FreeSWITCH prints `nan` where a statistic has no value, which is not JSON. */
function withoutNan(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:nan|inf(?:inity)?)\b/gi, found =>
    found.startsWith('"') ? found : 'null',
  );
}

const NOT_IN_ENCODING = {
  path: '',
  code: 'wrong-encoding',
  message: 'It is not in the encoding of the source: UTF-8, or the one that its mapping names.',
};
