/** `a.b[3].#c`: names as written, `#c` still to be looked up. */
export type Path = readonly (string | number)[];

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  /** `:name` */
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'size'; readonly path: Path };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly list: readonly Operand[] }
  | { readonly kind: 'exists' | 'not-exists'; readonly path: Path }
  | { readonly kind: 'begins-with' | 'contains' | 'type'; readonly operand: Operand; readonly argument: Operand };

export type SetOperand =
  | Operand
  | { readonly kind: 'if-not-exists'; readonly path: Path; readonly otherwise: SetOperand }
  | { readonly kind: 'append'; readonly first: SetOperand; readonly second: SetOperand }
  | { readonly kind: 'plus' | 'minus'; readonly left: SetOperand; readonly right: SetOperand };

export type UpdateAction =
  | { readonly kind: 'set'; readonly path: Path; readonly value: SetOperand }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly name: string };

/** What was parsed, with the placeholders that it uses. */
export interface Parsed<T> {
  readonly content: T;
  /** `#name` */
  readonly names: ReadonlySet<string>;
  /** `:name` */
  readonly values: ReadonlySet<string>;
}
