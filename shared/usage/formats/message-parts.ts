/** GSM 03.38: what one message holds, and a part of several, whose header takes six bytes. */
const ALONE = { septets: 160, bytes: 140 };
const PART = { septets: 153, bytes: 134 };

/**
 * How many messages a text is. `length` counts septets with coding 0, else bytes (2: UCS-2). A text that comes with a
 * header of its own is a part already.
 */
export function messageParts(length: number, coding: string | undefined, hasHeader: boolean): number {
  if (hasHeader) return 1;
  const unit = coding === '1' || coding === '2' ? 'bytes' : 'septets';
  return length <= ALONE[unit] ? 1 : Math.ceil(length / PART[unit]);
}
