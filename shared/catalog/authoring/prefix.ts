/** Why a text is not a prefix: digits of an international number, or a short code behind `exact:`. */
export function wrongInPrefix(
  prefix: string,
  others = ', or "exact:112"',
): { readonly reason: string; readonly hint: string; readonly cause: string } | undefined {
  if (/^00\d/.test(prefix)) {
    const hint = `as in E.164: "${prefix.slice(2)}"`;
    return { reason: `"${prefix}" begins with 00, which no number has here`, hint, cause: 'prefix with 00' };
  }
  if (/^0/.test(prefix)) {
    const hint = 'with the country code and without this 0, like "4670"; a short code as "exact:..."';
    return { reason: `"${prefix}" begins with the 0 of national numbers`, hint, cause: 'prefix with 0' };
  }
  if (/^(\d{1,15}|exact:\d{1,15})$/.test(prefix)) return undefined;
  const cause = prefix.startsWith('+') ? 'prefix with +' : prefix;
  return { reason: `"${prefix}" is not a prefix`, hint: `digits without "+"${others}`, cause };
}
