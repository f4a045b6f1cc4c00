import * as z from 'zod';
import type { BodyReader } from './body.ts';
import type { Scope } from './caller.ts';

/** What an operation takes in its path or query where it declares none. */
export const NOTHING = z.object({});
export type Nothing = typeof NOTHING;

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One operation of the API for holders of a key: where it is, who may call it, and what it takes. The function that
 * serves it, the routes of the stack and the API document are all made from this.
 */
export interface Operation<P extends z.ZodType = z.ZodType, Q extends z.ZodObject = z.ZodObject, B = unknown> {
  readonly method: Method;
  /** `/v1/accounts/{account}` */
  readonly path: string;
  readonly scope: Scope;
  readonly params?: P;
  /** A parameter that is not in it is refused. */
  readonly query?: Q;
  readonly body?: BodyReader<B>;
  /** `ignored`: for a `POST` that changes nothing, or that knows repeats by itself. */
  readonly idempotencyKey?: 'ignored';
}

/** One without a key: for browsers that follow a link, for Stripe, or for everybody. Its function reads the raw event. */
export interface OpenOperation {
  readonly method: Method;
  readonly path: string;
  readonly scope?: never;
}
