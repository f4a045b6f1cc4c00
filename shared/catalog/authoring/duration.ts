import { DAY, HOUR } from '#shared/platform/instant.ts';
import type { Read } from './quantity.ts';

/** `5 d`, `12 h`, `0 d` → milliseconds. */
export function readDuration(text: string): Read<number> {
  const [, count = '', unit = ''] = /^(0|[1-9]\d{0,4})\s*(d|h)$/.exec(text) ?? [];
  if (count === '') return { reason: `"${text}" is not a length of time` };
  return { value: Number(count) * (unit === 'h' ? HOUR : DAY) };
}
