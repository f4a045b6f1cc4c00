import { invalid } from '../failure.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|([#:][A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-]))/y;
/** 4 KB, as of any expression (docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html). */
const LONGEST_EXPRESSION = 4_096;

/** Reads an expression token by token; words that the grammar knows are told by `word`, in any case. */
export class Tokens {
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  readonly #what: string;
  readonly #tokens: readonly string[];
  #at = 0;

  /** `what` names the expression in refusals: `UpdateExpression`. */
  constructor(what: string, text: string) {
    this.#what = what;
    const size = Buffer.byteLength(text);
    if (size > LONGEST_EXPRESSION) {
      throw this.wrong(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
    }
    this.#tokens = tokensOf(text, at => this.wrong(`Syntax error; token: "${text.slice(at, at + 10)}"`));
    if (this.#tokens.length === 0) throw this.wrong('The expression can not be empty;');
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? '';
  }

  next(): string {
    const token = this.peek();
    if (token === '') throw this.unexpected();
    this.#at += 1;
    return token;
  }

  /** Whether it goes on with this sign or word, which is then behind us. */
  take(sign: string): boolean {
    if (this.peek().toUpperCase() !== sign.toUpperCase()) return false;
    this.#at += 1;
    return true;
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw this.unexpected();
  }

  /** `:name` */
  value(): string {
    const token = this.next();
    if (!token.startsWith(':')) throw this.unexpected(token);
    this.values.add(token);
    return token;
  }

  path(): (string | number)[] {
    const path: (string | number)[] = [this.#name()];
    for (;;) {
      if (this.take('.')) path.push(this.#name());
      else if (this.take('[')) {
        const index = this.next();
        if (!/^\d+$/.test(index)) throw this.unexpected(index);
        path.push(Number(index));
        this.expect(']');
      } else return path;
    }
  }

  unexpected(token = this.peek()): Error {
    return this.wrong(`Syntax error; token: ${token === '' ? '<EOF>' : `"${token}"`}`);
  }

  wrong(why: string): Error {
    return invalid(`Invalid ${this.#what}: ${why}`);
  }

  #name(): string {
    const token = this.next();
    if (token.startsWith('#')) this.names.add(token);
    else if (!/^[A-Za-z_]/.test(token)) throw this.unexpected(token);
    else if (RESERVED_WORDS.has(token.toUpperCase())) {
      throw this.wrong(`Attribute name is a reserved keyword; reserved keyword: ${token}`);
    }
    return token;
  }
}

function tokensOf(text: string, wrongAt: (at: number) => Error): string[] {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < end) {
    const match = TOKEN.exec(text);
    if (match === null) throw wrongAt(at);
    at = TOKEN.lastIndex;
    tokens.push(match[0].trimStart());
  }
  return tokens;
}
