import { TIME_FORMATS, TIME_TOKENS, type TimeToken } from '../usage-source.ts';

/** What a whole stamp needs, each by one of these. */
const NEEDED: readonly (readonly [what: string, tokens: readonly TimeToken[]])[] = [
  ['year', ['YYYY', 'YY']],
  ['month', ['MMM', 'MM', 'M']],
  ['day', ['DD', 'D']],
  ['hour', ['HH', 'H', 'hh', 'h']],
];

/** What is wrong with the format of a stamp, if anything is. */
export function wrongWithPattern(format: string): { readonly reason: string; readonly hint: string } | undefined {
  if (TIME_FORMATS.some(name => name === format)) return undefined;
  const tokens: TimeToken[] = [];
  let unknown: string | undefined;
  for (let at = 0; at < format.length; ) {
    const token = TIME_TOKENS.find(name => format.startsWith(name, at));
    if (token !== undefined) tokens.push(token);
    else if (/[A-Za-z]/.test(format[at] ?? '') && format[at] !== 'T') unknown ??= format[at];
    at += token?.length ?? 1;
  }
  if (unknown !== undefined) {
    const reason = `"${format}" is not a format of a time: "${unknown}" means nothing in it`;
    return { reason, hint: `${TIME_FORMATS.join(', ')}, or a pattern of ${TIME_TOKENS.join(' ')}` };
  }
  const doubled = NEEDED.find(([, names]) => tokens.filter(token => names.includes(token)).length > 1);
  if (doubled !== undefined) {
    return { reason: `"${format}" has the ${doubled[0]} twice`, hint: 'like "DD/MM/YYYY HH:mm:ss"; mm are minutes' };
  }
  const missing = NEEDED.filter(([, names]) => !tokens.some(token => names.includes(token))).map(([what]) => what);
  if (missing.length === 0) return undefined;
  return { reason: `"${format}" has no ${missing.join(', no ')}`, hint: 'like "DD/MM/YYYY HH:mm:ss"' };
}
