/** A JSON value of a file, as text: what a record is read from. `undefined`: longer than any record. */
export interface JsonPiece {
  readonly text: string | undefined;
  /** From 1, in the order of the file. */
  readonly row: number;
}

/** An array or an object around records; `found` steps of the path lead to what is in it. */
interface Level {
  readonly isArray: boolean;
  readonly found: number;
  key: string;
  expectsKey: boolean;
}

const LONGEST = 4 * 1024 * 1024;
const LONGEST_KEY = 256;

/**
 * Cuts a file of JSON into its records without reading it as a whole: values one behind the other, the elements of an
 * array, or those of an array inside an envelope (`path`). What the records are is not looked at.
 */
export class JsonCutter {
  readonly #path: readonly string[];
  readonly #levels: Level[] = [];
  #row = 0;
  /** What was read of the value that is open; a value off the path is passed over. */
  #piece: string[] | undefined;
  #length = 0;
  #isRecord = false;
  #depth = 0;
  #string: 'none' | 'value' | 'key' = 'none';
  #isEscaped = false;
  #isLineStart = true;
  #before = '';

  constructor(path: string | undefined) {
    this.#path = path === undefined || path === '' ? [] : path.split('.');
  }

  take(text: string): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text.charAt(at);
      if (this.#isCutOff(character)) {
        this.#close(text.slice(start, at), pieces);
        this.#string = 'none';
      }
      const wasOpen = this.#piece !== undefined;
      const end = this.#step(character);
      if (end !== undefined) this.#close(text.slice(start, end === 'with' ? at + 1 : at), pieces);
      if (end === 'before') this.#outside(character);
      if (!wasOpen && this.#piece !== undefined) start = at;
      this.#isLineStart = character === '\n' || character === '\r';
      if (!isSpace(character)) this.#before = character;
    }
    if (this.#piece !== undefined) this.#keep(text.slice(start));
    return pieces;
  }

  /** A value that is open when the file ends was cut off; so it is told of. */
  end(): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    if (this.#piece !== undefined) this.#close('', pieces);
    return pieces;
  }

  /**
   * A line that begins with `{` begins a document where the one before cannot go on so: inside a string, or behind
   * anything but a bracket, a colon or a comma.
   */
  #isCutOff(character: string): boolean {
    if (character !== '{' || !this.#isLineStart || this.#piece === undefined || this.#levels.length > 0) return false;
    return this.#string !== 'none' || !['{', '[', ':', ','].includes(this.#before);
  }

  /** Whether the open value ends with this character, or before it. */
  #step(character: string): 'with' | 'before' | undefined {
    if (this.#string !== 'none') return this.#inString(character);
    if (this.#piece === undefined) {
      this.#outside(character);
      return undefined;
    }
    if (character === '"') this.#string = 'value';
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') {
      if (this.#depth === 0) return 'before';
      this.#depth -= 1;
      if (this.#depth === 0) return 'with';
    } else if (this.#depth === 0 && (character === ',' || isSpace(character))) return 'before';
    return undefined;
  }

  #inString(character: string): 'with' | undefined {
    const level = this.#levels.at(-1);
    const isEnd = character === '"' && !this.#isEscaped;
    this.#isEscaped = character === '\\' && !this.#isEscaped;
    if (!isEnd) {
      if (this.#string === 'key' && level !== undefined && level.key.length < LONGEST_KEY) level.key += character;
      return undefined;
    }
    const wasKey = this.#string === 'key';
    this.#string = 'none';
    return !wasKey && this.#piece !== undefined && this.#depth === 0 ? 'with' : undefined;
  }

  /** Between values: the levels around records. */
  #outside(character: string): void {
    const level = this.#levels.at(-1);
    if (isSpace(character) || character === ':' || character === '\uFEFF') return;
    if (character === ',') {
      if (level !== undefined) level.expectsKey = !level.isArray;
    } else if (character === '}' || character === ']') this.#levels.pop();
    else if (character === '"' && level?.expectsKey === true) {
      level.expectsKey = false;
      level.key = '';
      this.#string = 'key';
    } else this.#value(character, level);
  }

  #value(character: string, level: Level | undefined): void {
    const found = this.#foundIn(level);
    const isThere = found === this.#path.length;
    const isInRecords = isThere && level?.isArray === true;
    const isAround = found !== undefined && !isInRecords && (character === '[' || (character === '{' && !isThere));
    if (isAround) {
      this.#levels.push({ isArray: character === '[', found, key: '', expectsKey: character === '{' });
      return;
    }
    this.#piece = [];
    this.#length = 0;
    this.#isRecord = isThere;
    this.#depth = character === '{' || character === '[' ? 1 : 0;
    if (character === '"') this.#string = 'value';
  }

  /** Steps of the path that lead to a value at this place; `undefined`: it is beside the path. */
  #foundIn(level: Level | undefined): number | undefined {
    if (level === undefined) return 0;
    if (level.isArray) return level.found;
    return level.key === this.#path[level.found] ? level.found + 1 : undefined;
  }

  #keep(text: string): void {
    if (this.#piece === undefined) return;
    this.#length += text.length;
    if (!this.#isRecord || this.#length > LONGEST) this.#piece = [];
    else this.#piece.push(text);
  }

  #close(text: string, pieces: JsonPiece[]): void {
    this.#keep(text);
    if (this.#isRecord) {
      this.#row += 1;
      pieces.push({ text: this.#length > LONGEST ? undefined : this.#piece?.join(''), row: this.#row });
    }
    this.#piece = undefined;
    this.#depth = 0;
  }
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}
