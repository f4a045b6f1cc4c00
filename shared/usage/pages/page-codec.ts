import type { UsageFacts } from './facts.ts';

/**
 * What a page keeps of a record, beside its key and its attribute's name, as text:
 *
 *     1o65000|305|+46701234567|24001|session|sequence|0.25EUR@t4k9zc.x7q
 *     │││     │   peer         network                └ cost   │      └ which batch brought it
 *     │││     └ units                                          └ accepted, seconds since 1970, base 36
 *     ││└ milliseconds since the slot's start
 *     │└ o out, i in, v a void (then `1v65000|id of the voiding record`)
 *     └ version
 *
 * Empty members at the end are left out. Before `@` stand the facts: two deliveries are the same record when these are
 * equal. Behind it stands the stamp: the batch that finds its own stamp on a page has been here before and crashed.
 */
export const VERSION = '1';

export type FactsOnPage = Omit<UsageFacts, 'source' | 'id' | 'name' | 'kind' | 'startedAt'> & {
  readonly offsetMs: number;
};

export interface VoidOnPage {
  readonly offsetMs: number;
  /** The id of the record that voids. */
  readonly by: string;
}

export function printFacts(facts: FactsOnPage): string {
  const { peer, network, session, sequence, cost } = facts;
  const head = `${facts.direction === 'out' ? '1o' : '1i'}${facts.offsetMs}|${facts.units}`;
  if (session !== undefined || sequence !== undefined || cost !== undefined) return `${head}${printTail(facts)}`;
  if (network !== undefined) return `${head}|${peer === undefined ? '' : quote(peer)}|${quote(network)}`;
  return peer === undefined ? head : `${head}|${quote(peer)}`;
}

/** All members behind the units; apart, so that the ordinary case stays small enough for the engine to inline. */
function printTail({ peer = '', network = '', session = '', sequence, cost }: FactsOnPage): string {
  const members = [
    quote(peer),
    quote(network),
    quote(session),
    sequence === undefined ? '' : String(sequence),
    cost === undefined ? '' : `${cost.amount}${cost.currency}`,
  ];
  while (members.at(-1) === '') members.pop();
  return members.map(member => `|${member}`).join('');
}

/** Session, sequence and cost, as they stand behind the network. */
export function parseTail(tail: string): Pick<FactsOnPage, 'session' | 'sequence' | 'cost'> {
  const [session = '', sequence = '', cost = ''] = tail.split('|');
  return {
    session: session === '' ? undefined : unquote(session),
    sequence: sequence === '' ? undefined : Number(sequence),
    cost: cost === '' ? undefined : { amount: cost.slice(0, -3), currency: cost.slice(-3) },
  };
}

export function printVoid(voiding: VoidOnPage): string {
  return `${VERSION}v${voiding.offsetMs}|${quote(voiding.by)}`;
}

/** @throws Error on text that this version never wrote */
export function parseVoid(text: string): VoidOnPage {
  const separator = text.indexOf('|');
  if (!text.startsWith(`${VERSION}v`) || separator < 0) throw unreadable();
  return {
    offsetMs: Number(text.slice(2, separator)),
    by: unquote(text.slice(separator + 1, endOfFacts(text))),
  };
}

/** When a batch was accepted and which it was: `t4k9zc.x7q`. */
export function printStamp(acceptedSeconds: number, tag: string): string {
  return `${acceptedSeconds.toString(36)}.${tag}`;
}

export function stamped(facts: string, stamp: string): string {
  return `${facts}@${stamp}`;
}

/** The part that two deliveries of one record have in common. */
export function factsOf(text: string): string {
  return text.slice(0, endOfFacts(text));
}

export function stampOf(text: string): string {
  return text.slice(endOfFacts(text) + 1);
}

export function acceptedSecondsOf(text: string): number {
  const start = endOfFacts(text) + 1;
  const end = text.indexOf('.', start);
  let seconds = 0;
  for (let at = start; at < end; at++) seconds = seconds * 36 + base36Digit(text.charCodeAt(at));
  return seconds;
}

export function base36Digit(charCode: number): number {
  return charCode < 58 ? charCode - 48 : charCode - 87;
}

function endOfFacts(text: string): number {
  const at = text.indexOf('@');
  return at < 0 ? text.length : at;
}

const SPECIAL = /[%|@]/;

function quote(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll('%', '%25').replaceAll('|', '%7C').replaceAll('@', '%40') : text;
}

export function unquote(text: string): string {
  return text.includes('%') ? text.replaceAll('%40', '@').replaceAll('%7C', '|').replaceAll('%25', '%') : text;
}

export function unreadable(): Error {
  return new Error('There is a record on a page that this version cannot read.');
}
