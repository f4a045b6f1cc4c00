/** Where a text stops being JSON; both count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  /** The character that cannot stand there; `undefined`: the text ends too early. */
  readonly found: string | undefined;
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * The first character at which a text that `JSON.parse` refuses cannot be JSON any more (RFC 8259). The engine names a
 * place for some faults only, and a batch of 10 000 records is not searched by eye.
 */
export function jsonFault(text: string): JsonFault {
  const at = placeOfFault(text);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  const found = text.codePointAt(at);
  return { line, column, found: found === undefined ? undefined : String.fromCodePoint(found) };
}

/** Without recursion: nested brackets must not overflow the stack. */
function placeOfFault(text: string): number {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const character = text[at];
    if (character === undefined) return at;
    if (expected === 'colon') {
      if (character !== ':') return at;
      [expected, at] = ['value', at + 1];
    } else if (expected === 'comma or end' && character === ',') {
      [expected, at] = [open.at(-1) === '{' ? 'key' : 'value', at + 1];
    } else if (closes(character, open.at(-1)) && expected.endsWith('or end')) {
      open.pop();
      [expected, at] = [afterValue(), at + 1];
    } else if (expected === 'comma or end' || expected === 'nothing') {
      return at;
    } else if (expected.startsWith('key')) {
      if (character !== '"') return at;
      const string = readString(text, at);
      if (!string.closed) return string.end;
      [expected, at] = ['colon', string.end];
    } else if (character === '[' || character === '{') {
      open.push(character);
      [expected, at] = [character === '[' ? 'value or end' : 'key or end', at + 1];
    } else if (character === '"') {
      const string = readString(text, at);
      if (!string.closed) return string.end;
      [expected, at] = [afterValue(), string.end];
    } else {
      const end = endOf(WORD, text, at);
      if (end === undefined) return at;
      [expected, at] = [afterValue(), end];
    }
  }
}

function closes(character: string, open: '[' | '{' | undefined): boolean {
  return (character === ']' && open === '[') || (character === '}' && open === '{');
}

/** The place behind the closing quote, or where the string breaks off. */
function readString(text: string, start: number): { readonly end: number; readonly closed: boolean } {
  let at = start + 1;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') return { end: at + 1, closed: true };
    if (character < ' ') return { end: at, closed: false };
    if (character !== '\\') at += 1;
    else {
      const end = endOf(ESCAPE, text, at);
      if (end === undefined) return { end: at, closed: false };
      at = end;
    }
  }
  return { end: at, closed: false };
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
