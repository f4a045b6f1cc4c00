import type { Comparator, Condition, Operand, Parsed } from './syntax.ts';
import { Tokens } from './tokens.ts';

const COMPARATORS: readonly Comparator[] = ['=', '<>', '<', '<=', '>', '>='];

/** Reads a condition, filter or key condition; `what` is the parameter's name. */
export function parseCondition(what: string, text: string): Parsed<Condition> {
  const tokens = new Tokens(what, text);
  const content = or(tokens);
  if (!tokens.isAtEnd) throw tokens.unexpected();
  return { content, names: tokens.names, values: tokens.values };
}

function or(tokens: Tokens): Condition {
  let left = and(tokens);
  while (tokens.take('OR')) left = { kind: 'or', left, right: and(tokens) };
  return left;
}

function and(tokens: Tokens): Condition {
  let left = not(tokens);
  while (tokens.take('AND')) left = { kind: 'and', left, right: not(tokens) };
  return left;
}

function not(tokens: Tokens): Condition {
  return tokens.take('NOT') ? { kind: 'not', condition: not(tokens) } : simple(tokens);
}

function simple(tokens: Tokens): Condition {
  if (tokens.take('(')) {
    const condition = or(tokens);
    tokens.expect(')');
    return condition;
  }
  const called = tokens.peek(1) === '(' ? functionNamed(tokens, tokens.peek()) : undefined;
  return called ?? comparison(tokens);
}

function functionNamed(tokens: Tokens, name: string): Condition | undefined {
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists': {
      open(tokens);
      const path = tokens.path();
      tokens.expect(')');
      return { kind: name === 'attribute_exists' ? 'exists' : 'not-exists', path };
    }
    case 'begins_with':
      return twoOperands(tokens, 'begins-with');
    case 'contains':
      return twoOperands(tokens, 'contains');
    case 'attribute_type':
      return twoOperands(tokens, 'type');
    case 'size':
      return undefined;
    default:
      throw tokens.wrong(`Invalid function name; function: ${name}`);
  }
}

function open(tokens: Tokens): void {
  tokens.next();
  tokens.expect('(');
}

function twoOperands(tokens: Tokens, kind: 'begins-with' | 'contains' | 'type'): Condition {
  open(tokens);
  const operand = readOperand(tokens);
  tokens.expect(',');
  const argument = readOperand(tokens);
  tokens.expect(')');
  return { kind, operand, argument };
}

function comparison(tokens: Tokens): Condition {
  const operand = readOperand(tokens);
  if (tokens.take('BETWEEN')) {
    const low = readOperand(tokens);
    tokens.expect('AND');
    return { kind: 'between', operand, low, high: readOperand(tokens) };
  }
  if (tokens.take('IN')) {
    tokens.expect('(');
    const list = [readOperand(tokens)];
    while (tokens.take(',')) list.push(readOperand(tokens));
    tokens.expect(')');
    return { kind: 'in', operand, list };
  }
  const comparator = COMPARATORS.find(one => one === tokens.peek());
  if (comparator === undefined) throw tokens.unexpected();
  tokens.next();
  return { kind: 'compare', comparator, left: operand, right: readOperand(tokens) };
}

export function readOperand(tokens: Tokens): Operand {
  if (tokens.peek().startsWith(':')) return { kind: 'value', name: tokens.value() };
  if (tokens.peek() === 'size' && tokens.peek(1) === '(') {
    open(tokens);
    const path = tokens.path();
    tokens.expect(')');
    return { kind: 'size', path };
  }
  return { kind: 'path', path: tokens.path() };
}
