/** More than this share of the slots is never taken: beyond it a look-up has to walk far. */
const FULLEST = 0.6;

/**
 * Which identities have come, in 13 to 27 bytes each: of a million records of a fleet a set of texts would take a fifth of a
 * gigabyte. What came before is never missed. Two that only look alike (one pair in 2^53) count as the same, so whoever asks
 * has to look closer.
 */
export class SeenIdentities {
  #slots = new Float64Array(1_024);
  #count = 0;

  /** Whether it has come before, or one that looks like it. */
  add(identity: string): boolean {
    if (this.#count >= this.#slots.length * FULLEST) this.#grow();
    if (!put(this.#slots, digestOf(identity))) return true;
    this.#count += 1;
    return false;
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2);
    for (const digest of this.#slots) if (digest !== 0) put(larger, digest);
    this.#slots = larger;
  }
}

/** `false`: it is there. @param slots a power of two of them, 0 where nothing is */
function put(slots: Float64Array, digest: number): boolean {
  const last = slots.length - 1;
  for (let at = digest & last; ; at = (at + 1) & last) {
    const there = slots[at];
    if (there === digest) return false;
    if (there === 0) {
      slots[at] = digest;
      return true;
    }
  }
}

/** 53 bits, never 0: cyrb53, https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js (public domain). */
function digestOf(text: string): number {
  let one = 0xdeadbeef;
  let other = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2_654_435_761);
    other = Math.imul(other ^ code, 1_597_334_677);
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909);
  other = Math.imul(other ^ (other >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return 4_294_967_296 * (0x1fffff & other) + (one >>> 0) || 1;
}
