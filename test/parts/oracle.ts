import { existsSync } from 'node:fs';
import type { Exchange } from '#infra/stripe-twin/stripe-twin.ts';

/** Where the checks against Stripe's own descriptions lie, beside the repository. They are not part of it. */
export const ORACLE = new URL('../../../shared/stripe-oracle/oracle.mjs', import.meta.url);

interface Verdict {
  readonly valid: boolean;
  readonly errors: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

interface StripeDescriptions {
  validateOperationResponse(method: string, path: string, body: unknown): Verdict;
  validateError(body: unknown): Verdict;
  validateRequest(method: string, path: string, params: string): Verdict;
}

/** Anything that reports its exchanges: the twin, or a proxy before Stripe. */
export interface Exchanging {
  onExchange(listener: (exchange: Exchange) => void): void;
}

export interface Oracle {
  readonly answers: number;
  readonly requests: number;
  /** What Stripe's descriptions do not allow, in words: `answer POST /v1/prices 200: currency: required …` */
  readonly invalid: readonly string[];
  /** `oracle: 12 answers, 12 requests, 0 invalid` */
  summary(): string;
  /** Checks every exchange of this source from now on. */
  watch(source: Exchanging): void;
}

interface Watching {
  /** Requests that were refused with 400 or 404 are left out: for tests that send wrong ones on purpose. */
  readonly onlyAcceptedRequests?: boolean;
}

/** Where the descriptions are not there, nothing is checked and the summary says so. */
export async function openOracle(watching: Watching = {}): Promise<Oracle> {
  const descriptions = await loadDescriptions();
  const invalid: string[] = [];
  const counts = { answers: 0, requests: 0 };
  const note = (what: string, verdict: Verdict) => {
    for (const error of verdict.errors) invalid.push(`${what}: ${error.path}: ${error.code} ${error.message}`);
  };
  const check = (exchange: Exchange) => {
    if (!descriptions) return;
    const call = `${exchange.method} ${exchange.path}`;
    counts.answers += 1;
    note(`answer ${call} ${exchange.status}`, verdictOnAnswer(descriptions, exchange));
    if (watching.onlyAcceptedRequests && [400, 404].includes(exchange.status)) return;
    counts.requests += 1;
    note(`request ${call}`, verdictOnRequest(descriptions, exchange));
  };
  return {
    get answers() {
      return counts.answers;
    },
    get requests() {
      return counts.requests;
    },
    invalid,
    watch: source => source.onExchange(check),
    summary() {
      if (!descriptions) return 'oracle: not there, nothing checked';
      return `oracle: ${counts.answers} answers, ${counts.requests} requests, ${invalid.length} invalid`;
    },
  };
}

function verdictOnAnswer(descriptions: StripeDescriptions, exchange: Exchange): Verdict {
  // The body as it goes over the wire: without what JSON leaves out.
  const body: unknown = JSON.parse(JSON.stringify(exchange.responseBody));
  if (exchange.status >= 400) return descriptions.validateError(body);
  return descriptions.validateOperationResponse(exchange.method, exchange.path, body);
}

function verdictOnRequest(descriptions: StripeDescriptions, { method, path, query, requestBody }: Exchange): Verdict {
  return descriptions.validateRequest(method, query === '' ? path : `${path}?${query}`, requestBody);
}

async function loadDescriptions(): Promise<StripeDescriptions | undefined> {
  if (!existsSync(ORACLE)) return undefined;
  const loaded: StripeDescriptions = await import(ORACLE.href);
  return loaded;
}
