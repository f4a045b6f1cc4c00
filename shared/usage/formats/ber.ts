/** One value of BER (X.690): its application tag, and either its bytes or the values in it. */
export interface BerNode {
  /** Number of the tag; `-1` where its class is another than application. */
  readonly tag: number;
  readonly content: Buffer;
  readonly children: readonly BerNode[];
}

export interface BerHeader {
  readonly tag: number;
  readonly isConstructed: boolean;
  /** Where the content begins. */
  readonly start: number;
  /** Behind the content; `undefined`: it ends with two zero bytes. */
  readonly end: number | undefined;
}

/** More bytes are needed, or what is there is not BER. */
export type NotRead = 'incomplete' | 'malformed';

const DEEPEST = 32;
const APPLICATION = 0x40;
const CONSTRUCTED = 0x20;

/** Tag and length at this place. */
export function readHeader(bytes: Buffer, at: number): BerHeader | NotRead {
  const first = bytes[at];
  if (first === undefined) return 'incomplete';
  let number = first & 0x1f;
  let next = at + 1;
  if (number === 0x1f) {
    number = 0;
    for (let digits = 1; ; digits++) {
      const byte = bytes[next++];
      if (byte === undefined) return 'incomplete';
      if (digits > 4) return 'malformed';
      number = number * 128 + (byte & 0x7f);
      if ((byte & 0x80) === 0) break;
    }
  }
  const length = lengthAt(bytes, next);
  if (typeof length === 'string') return length;
  const isConstructed = (first & CONSTRUCTED) !== 0;
  if (length.value === undefined && !isConstructed) return 'malformed';
  const tag = (first & 0xc0) === APPLICATION ? number : -1;
  const end = length.value === undefined ? undefined : length.next + length.value;
  return { tag, isConstructed, start: length.next, end };
}

function lengthAt(bytes: Buffer, at: number): { value: number | undefined; next: number } | NotRead {
  const first = bytes[at];
  if (first === undefined) return 'incomplete';
  if (first < 0x80) return { value: first, next: at + 1 };
  const count = first & 0x7f;
  if (count === 0) return { value: undefined, next: at + 1 };
  if (count > 6) return 'malformed';
  if (at + count >= bytes.length) return 'incomplete';
  return { value: bytes.readUIntBE(at + 1, count), next: at + 1 + count };
}

/** The whole value at this place, and where the next one begins. */
export function readNode(
  bytes: Buffer,
  at: number,
  depth = 0,
): { readonly node: BerNode; readonly next: number } | NotRead {
  if (depth > DEEPEST) return 'malformed';
  const header = readHeader(bytes, at);
  if (typeof header === 'string') return header;
  const { tag, isConstructed, start, end } = header;
  if (end !== undefined && end > bytes.length) return 'incomplete';
  if (!isConstructed) return { node: { tag, content: bytes.subarray(start, end), children: [] }, next: end ?? start };
  const children: BerNode[] = [];
  let next = start;
  while (end === undefined ? !isEnd(bytes, next) : next < end) {
    const child = readNode(end === undefined ? bytes : bytes.subarray(0, end), next, depth + 1);
    // Inside a value whose end is known nothing is missing that could still come.
    if (typeof child === 'string') return end === undefined ? child : 'malformed';
    children.push(child.node);
    next = child.next;
  }
  return { node: { tag, content: bytes.subarray(start, next), children }, next: end ?? next + 2 };
}

function isEnd(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0 && bytes[at + 1] === 0;
}

/** The first value with this tag, at any depth. */
export function findNode(node: BerNode, tag: number): BerNode | undefined {
  for (const child of node.children) {
    if (child.tag === tag) return child;
    const below = findNode(child, tag);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** All values with this tag, at any depth. */
export function nodesOf(node: BerNode, tag: number): BerNode[] {
  return node.children.flatMap(child => (child.tag === tag ? [child] : nodesOf(child, tag)));
}

/** Two's complement; `undefined` for more than 8 bytes. */
export function integerOf(node: BerNode | undefined): bigint | undefined {
  if (node === undefined || node.content.length === 0 || node.content.length > 8) return undefined;
  return BigInt.asIntN(8 * node.content.length, BigInt(`0x${node.content.toString('hex')}`));
}

export function asciiOf(node: BerNode | undefined): string | undefined {
  return node?.content.toString('latin1').trim();
}

/** Digits as TAP has them: the first in the upper half of a byte, filled up with F. (3GPP's own CDRs swap the halves.) */
export function digitsOf(node: BerNode | undefined): string | undefined {
  return node?.content.toString('hex').replace(/f+$/, '');
}
