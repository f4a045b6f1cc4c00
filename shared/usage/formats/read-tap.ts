import { type BerNode, findNode, integerOf, readHeader, readNode } from './ber.ts';
import { type Place, refusedAt, type TrailerEntry } from './file-entry.ts';
import { chargedUnits, EMPTY_HEADER, readEvent, type TapHeader, withGroup } from './tap-file.ts';
import { TAP } from './tap-tags.ts';

/** A call event has some hundred bytes, a group of the header some thousand. */
const LONGEST = 4 * 1024 * 1024;

/**
 * TAP 3 (GSMA TD.57) in BER: groups of a header, call events, and an audit of them, which is compared with what was
 * found. Events are read one by one, so that a file of any size needs little memory.
 */
export async function* tapPlaces(
  bytes: AsyncIterable<Uint8Array>,
  wanted: readonly string[],
  networks: Readonly<Record<string, string>>,
): AsyncGenerator<Place[]> {
  const reader = new TapReader(wanted, networks);
  for await (const chunk of bytes) {
    const places: Place[] = [];
    reader.take(chunk, places);
    yield places;
  }
  const places: Place[] = [];
  reader.end(places);
  yield places;
}

class TapReader {
  readonly #wanted: readonly string[];
  readonly #networks: Readonly<Record<string, string>>;
  #rest: Buffer = Buffer.alloc(0);
  /** Of the first byte of `#rest`. */
  #offset = 0;
  #state: 'beginning' | 'groups' | 'events' | 'over' = 'beginning';
  /** Where the list of events ends; `undefined`: with two zero bytes. */
  #eventsEnd: number | undefined;
  #header: TapHeader = EMPTY_HEADER;
  #events = 0;
  #charges = 0n;
  #audit: BerNode | undefined;

  constructor(wanted: readonly string[], networks: Readonly<Record<string, string>>) {
    this.#wanted = wanted;
    this.#networks = networks;
  }

  take(chunk: Uint8Array, places: Place[]): void {
    if (this.#isOver()) return;
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (!this.#isOver() && this.#step(places)) {
      // Until more bytes are needed.
    }
    if (this.#rest.length > LONGEST) this.#stop(places, TOO_LONG);
  }

  end(places: Place[]): void {
    if (this.#isOver()) return;
    const isWhole = this.#state === 'groups' && this.#rest.length === 0;
    if (isWhole && this.#audit !== undefined) places.push(this.#trailer(this.#audit));
    else this.#stop(places, this.#state === 'beginning' ? NOT_TAP : CUT_OFF);
  }

  #isOver(): boolean {
    return this.#state === 'over';
  }

  /** Whether something was read. */
  #step(places: Place[]): boolean {
    if (this.#state === 'beginning') return this.#begin(places);
    if (this.#state === 'events' && this.#isEndOfEvents()) {
      this.#state = 'groups';
      if (this.#eventsEnd === undefined) this.#drop(2);
      return true;
    }
    const header = readHeader(this.#rest, 0);
    if (header === 'incomplete') return false;
    if (header === 'malformed') return this.#stop(places, MALFORMED);
    if (this.#state === 'groups' && header.tag === TAP.callEventDetails) {
      this.#state = 'events';
      this.#eventsEnd = header.end === undefined ? undefined : this.#offset + header.end;
      this.#drop(header.start);
      return true;
    }
    const read = readNode(this.#rest, 0);
    if (read === 'incomplete') return false;
    if (read === 'malformed') return this.#malformed(header.end, places);
    if (this.#state === 'events') this.#event(read.node, places);
    else this.#group(read.node);
    this.#drop(read.next);
    return true;
  }

  #begin(places: Place[]): boolean {
    const header = readHeader(this.#rest, 0);
    if (header === 'incomplete') return false;
    if (header === 'malformed' || !header.isConstructed) return this.#stop(places, NOT_TAP);
    // A file that says that there is nothing to charge.
    if (header.tag === TAP.notification) {
      places.push({ kind: 'left-out', row: 1, offset: 0, rule: 'notification' });
      this.#state = 'over';
      return false;
    }
    if (header.tag !== TAP.transferBatch) return this.#stop(places, NOT_TAP);
    this.#state = 'groups';
    this.#drop(header.start);
    return true;
  }

  #isEndOfEvents(): boolean {
    if (this.#eventsEnd !== undefined) return this.#offset >= this.#eventsEnd;
    return this.#rest.length >= 2 && this.#rest[0] === 0 && this.#rest[1] === 0;
  }

  #group(node: BerNode): void {
    if (node.tag === TAP.auditControlInfo) this.#audit = node;
    this.#header = withGroup(this.#header, node);
  }

  #event(node: BerNode, places: Place[]): void {
    this.#events += 1;
    this.#charges += chargedUnits(node);
    const at = { row: this.#events, offset: this.#offset };
    const event = readEvent(node, this.#header, this.#events, this.#networks[this.#header.sender]);
    if ('code' in event) places.push(refusedAt(at, { path: '', ...event }));
    else places.push({ ...at, values: this.#wanted.map(name => event.get(name)) });
  }

  /** An event whose length is known is told of alone; where not, nothing behind it can be found. */
  #malformed(end: number | undefined, places: Place[]): boolean {
    if (this.#state !== 'events' || end === undefined || end > this.#rest.length) return this.#stop(places, MALFORMED);
    this.#events += 1;
    places.push(refusedAt({ row: this.#events, offset: this.#offset }, MALFORMED));
    this.#drop(end);
    return true;
  }

  #stop(places: Place[], why: { path: string; code: string; message: string }): false {
    places.push(refusedAt({ row: this.#events + 1, offset: this.#offset }, why));
    this.#state = 'over';
    this.#audit = undefined;
    this.#rest = Buffer.alloc(0);
    return false;
  }

  #drop(count: number): void {
    this.#rest = this.#rest.subarray(count);
    this.#offset += count;
  }

  #trailer(audit: BerNode): TrailerEntry {
    const expected = {
      events: String(integerOf(findNode(audit, TAP.callEventDetailsCount)) ?? 0n),
      charge: String(integerOf(findNode(audit, TAP.totalCharge)) ?? 0n),
    };
    const found = { events: String(this.#events), charge: String(this.#charges) };
    const agrees = expected.events === found.events && expected.charge === found.charge;
    return { kind: 'trailer', row: this.#events + 1, offset: this.#offset, expected, found, agrees };
  }
}

const NOT_TAP = { path: '', code: 'not-tap', message: 'The file is not a TAP 3 transfer batch in BER.' };
const CUT_OFF = { path: '', code: 'cut-off', message: 'The file ends inside its transfer batch, or has no audit.' };
const MALFORMED = { path: '', code: 'malformed-ber', message: 'The bytes here are not BER.' };
const TOO_LONG = { path: '', code: 'too-long', message: 'A part of the file is longer than 4 MB.' };
