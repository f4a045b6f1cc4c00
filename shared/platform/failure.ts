/**
 * One family of failures, named by remedy. HTTP status and queue behaviour follow from the class in one place
 * (`platform/http`, `platform/queue`); nothing else maps errors.
 */
export interface FailureDetail {
  /** Where in the input: `records/3/startedAt`. */
  readonly path: string;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
}

interface FailureOptions {
  readonly cause?: unknown;
  readonly errors?: readonly FailureDetail[];
  readonly isKept?: boolean;
  readonly facts?: Readonly<Record<string, string>>;
}

export abstract class Failure extends Error {
  abstract readonly status: number;
  abstract readonly retryable: boolean;
  /** Stable, kebab-case; part of the outside contract. */
  readonly code: string;
  /** A sentence that may be shown to the caller. A failure of ours (5xx) shows none of it. */
  readonly safeDetail: string;
  readonly errors: readonly FailureDetail[];
  /** Whoever answered keeps this answer under the call's identity: a repeat has to go out under another one. */
  readonly isKept: boolean;
  /** What an incident says of it beside the code: figures and codes, no personal data. */
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: string, safeDetail: string, options: FailureOptions = {}) {
    super(`${code}: ${safeDetail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.safeDetail = safeDetail;
    this.errors = options.errors ?? [];
    this.isKept = options.isKept ?? false;
    this.facts = options.facts ?? {};
  }
}

/** The caller mends the input. `status` tells shape (400), size (413), type (415) and meaning (422) apart. */
export class InvalidInput extends Failure {
  readonly status: 400 | 413 | 415 | 422;
  readonly retryable = false;

  constructor(status: 400 | 413 | 415 | 422, code: string, safeDetail: string, options: FailureOptions = {}) {
    super(code, safeDetail, options);
    this.status = status;
  }
}

export class Unauthenticated extends Failure {
  readonly status = 401;
  readonly retryable = false;
}

export class Forbidden extends Failure {
  readonly status = 403;
  readonly retryable = false;
}

export class NotFound extends Failure {
  readonly status = 404;
  readonly retryable = false;
}

/** The address is there, under other methods. */
export class MethodNotAllowed extends Failure {
  readonly status = 405;
  readonly retryable = false;
  readonly allow: readonly string[];

  constructor(code: string, safeDetail: string, allow: readonly string[]) {
    super(code, safeDetail);
    this.allow = allow;
  }
}

/** The request contradicts what is already there: a number in use, a key used for something else. */
export class Conflict extends Failure {
  readonly status = 409;
  readonly retryable = false;
}

/** Another request holds the item, or a limit is reached: the same call succeeds later. */
export class Throttled extends Failure {
  readonly status = 429;
  readonly retryable = true;
}

/** A part that we need refuses or cannot be reached, and surely did nothing: safe to repeat. */
export class Unavailable extends Failure {
  readonly status = 503;
  readonly retryable = true;
}

/** A call may or may not have taken effect (time-out, lost answer, 5xx). Only a repeat with the same identity is safe. */
export class UpstreamUnknown extends Failure {
  readonly status = 502;
  readonly retryable = true;
}

/** The contract knows it, this version does not do it yet. Refused plainly instead of half done. */
export class NotYetSupported extends Failure {
  readonly status = 422;
  readonly retryable = false;

  constructor(what: string) {
    super('not-yet-supported', `${what} is not supported yet.`);
  }
}
