import type { Direction, UsageFacts } from './pages/facts.ts';
import { base36Digit, type FactsOnPage, parseTail, unquote, unreadable, VERSION } from './pages/page-codec.ts';

const PIPE = 124;
const AT = 64;
const DOT = 46;
const PERCENT = 37;
const ZERO_DIGIT = 48;
const OUT = 111;
const IN = 105;
const VERSION_CODE = VERSION.charCodeAt(0);

/**
 * Reads the texts of records on pages (`page-codec.ts` says how they look), each in one pass from its first character to
 * its last. What it found stands in its fields until the next text: a month has a million records, and a list of members
 * for each would cost more than reading them.
 */
export class RecordScanner {
  direction: Direction = 'out';
  offsetMs = 0;
  units = 0;
  peer: string | undefined;
  network: string | undefined;
  /** Session, sequence and cost as they stand there, or empty. */
  tail = '';
  /** 0 without a stamp. */
  acceptedSeconds = 0;
  #at = 0;

  /** @throws Error on text that this version never wrote */
  scan(text: string): void {
    const kind = text.charCodeAt(1);
    if (text.charCodeAt(0) !== VERSION_CODE || (kind !== OUT && kind !== IN)) throw unreadable();
    this.direction = kind === OUT ? 'out' : 'in';
    this.#at = 2;
    this.offsetMs = this.#number(text);
    if (text.charCodeAt(this.#at) !== PIPE) throw unreadable();
    this.#at += 1;
    this.units = this.#number(text);
    this.peer = this.#member(text);
    this.network = this.#member(text);
    this.tail = this.#rest(text);
    this.acceptedSeconds = this.#seconds(text);
  }

  /** Whole numbers up to 2^53 only: digits up to the next separator. */
  #number(text: string): number {
    const start = this.#at;
    let value = 0;
    let at = start;
    for (; at < text.length; at++) {
      const digit = text.charCodeAt(at) - ZERO_DIGIT;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === start || !isSeparator(text, at)) throw unreadable();
    this.#at = at;
    return value;
  }

  /** `undefined` when it is empty, or the facts have ended. */
  #member(text: string): string | undefined {
    if (text.charCodeAt(this.#at) !== PIPE) return undefined;
    const start = this.#at + 1;
    let at = start;
    let isQuoted = false;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === PIPE || code === AT) break;
      if (code === PERCENT) isQuoted = true;
    }
    this.#at = at;
    if (at === start) return undefined;
    const member = text.slice(start, at);
    return isQuoted ? unquote(member) : member;
  }

  #rest(text: string): string {
    if (text.charCodeAt(this.#at) !== PIPE) return '';
    const at = text.indexOf('@', this.#at);
    const start = this.#at + 1;
    this.#at = at < 0 ? text.length : at;
    return text.slice(start, this.#at);
  }

  #seconds(text: string): number {
    let seconds = 0;
    for (let at = this.#at + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === DOT) break;
      seconds = seconds * 36 + base36Digit(code);
    }
    return seconds;
  }

  /** The facts of the text that was scanned last, as those of this record. */
  factsOf(source: string, id: string, name: string, kind: string, slotStart: number): UsageFacts {
    const { session, sequence, cost } = this.tail === '' ? NO_TAIL : parseTail(this.tail);
    return {
      source,
      id,
      name,
      kind,
      direction: this.direction,
      peer: this.peer,
      startedAt: slotStart + this.offsetMs,
      units: this.units,
      network: this.network,
      session,
      sequence,
      cost,
    };
  }
}

const NO_TAIL = parseTail('');

function isSeparator(text: string, at: number): boolean {
  if (at === text.length) return true;
  const code = text.charCodeAt(at);
  return code === PIPE || code === AT;
}

/** Reads facts with or without their stamp. @throws Error on text that this version never wrote */
export function parseFacts(text: string): FactsOnPage {
  const scanner = new RecordScanner();
  scanner.scan(text);
  const { direction, offsetMs, units, peer, network, tail } = scanner;
  return { direction, offsetMs, units, peer, network, ...(tail !== '' && parseTail(tail)) };
}
