import { readOperand } from './parse-condition.ts';
import type { Parsed, SetOperand, UpdateAction } from './syntax.ts';
import { Tokens } from './tokens.ts';

const CLAUSES = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** Reads `SET a = :a REMOVE b ADD c :one DELETE d :e`: each clause once at most. */
export function parseUpdate(text: string): Parsed<readonly UpdateAction[]> {
  const tokens = new Tokens('UpdateExpression', text);
  const actions: UpdateAction[] = [];
  const seen = new Set<string>();
  while (!tokens.isAtEnd) {
    const clause = CLAUSES.find(one => one === tokens.peek().toUpperCase());
    if (clause === undefined) throw tokens.unexpected();
    if (seen.has(clause)) throw tokens.wrong(`The "${clause}" section can only be used once in an update expression;`);
    seen.add(clause);
    tokens.next();
    do actions.push(readAction(tokens, clause));
    while (tokens.take(','));
  }
  return { content: actions, names: tokens.names, values: tokens.values };
}

function readAction(tokens: Tokens, clause: (typeof CLAUSES)[number]): UpdateAction {
  const path = tokens.path();
  switch (clause) {
    case 'SET':
      tokens.expect('=');
      return { kind: 'set', path, value: readValue(tokens) };
    case 'REMOVE':
      return { kind: 'remove', path };
    case 'ADD':
      return { kind: 'add', path, name: tokens.value() };
    case 'DELETE':
      return { kind: 'delete', path, name: tokens.value() };
    default:
      return clause satisfies never;
  }
}

function readValue(tokens: Tokens): SetOperand {
  const left = readSetOperand(tokens);
  if (tokens.take('+')) return { kind: 'plus', left, right: readSetOperand(tokens) };
  return tokens.take('-') ? { kind: 'minus', left, right: readSetOperand(tokens) } : left;
}

function readSetOperand(tokens: Tokens): SetOperand {
  if (tokens.take('(')) {
    const value = readValue(tokens);
    tokens.expect(')');
    return value;
  }
  if (tokens.peek(1) !== '(') return readOperand(tokens);
  const name = tokens.next();
  tokens.expect('(');
  if (name === 'if_not_exists') {
    const path = tokens.path();
    tokens.expect(',');
    const otherwise = readSetOperand(tokens);
    tokens.expect(')');
    return { kind: 'if-not-exists', path, otherwise };
  }
  if (name === 'list_append') {
    const first = readSetOperand(tokens);
    tokens.expect(',');
    const second = readSetOperand(tokens);
    tokens.expect(')');
    return { kind: 'append', first, second };
  }
  throw tokens.wrong(`Invalid function name; function: ${name}`);
}
