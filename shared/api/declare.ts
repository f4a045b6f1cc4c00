import type * as z from 'zod';
import type { Nothing, OpenOperation, Operation } from '#shared/platform/http/operation.ts';
import type { ProblemCode } from './problems.ts';
import type { ShapeName } from './shapes.ts';

/**
 * What the API document says of an operation. Shapes and problems go by name: the functions, which import the
 * operations too, must not build schemas of answers at every cold start.
 */
export interface Description {
  /** One line, as an order: `Read an account`. */
  readonly summary: string;
  readonly description?: string;
  /** A body that fits, as JSON. */
  readonly example?: unknown;
  /** By status. Several shapes: the request says which, by `Accept` or by a suffix. */
  readonly answers: Readonly<Record<number, ShapeName | readonly ShapeName[]>>;
  /** Beside those that follow from the declaration (key, scope, path, query, body). */
  readonly problems?: readonly ProblemCode[];
}

export type DescribedOperation = Operation & Description;

/** Declares an operation of the API for holders of a key. */
export function operation<P extends z.ZodType = Nothing, Q extends z.ZodObject = Nothing, B = undefined>(
  declaration: Operation<P, Q, B> & Description,
): Operation<P, Q, B> & Description {
  return declaration;
}

export interface OpenDescription extends Description {
  /** Why it needs no key. */
  readonly opens: 'by its signed link' | 'by its signature' | 'to everybody';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: Readonly<Record<string, z.ZodType>>;
}

export type DescribedOpenOperation = OpenOperation & OpenDescription;

/** Declares an operation that needs no key. */
export function openOperation(declaration: DescribedOpenOperation): DescribedOpenOperation {
  return declaration;
}
