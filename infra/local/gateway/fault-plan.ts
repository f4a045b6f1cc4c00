import { randomBytes } from 'node:crypto';
import type { PartAnswer, PartRequest } from './exchange.ts';
import { awsError, jsonAnswer, s3Error, sesError } from './exchange.ts';
import type { Service } from './operation.ts';

/**
 * What happens to one call.
 *
 *   kill-before    the function dies before the part hears of the call
 *   kill-after     the part did it, the function dies before it learns so
 *   drop-before    the connection breaks before the part hears of it; the function lives
 *   drop-after     the part did it, the connection breaks; the function lives
 *   throttle       the part refuses for being busy, nothing happened
 *   conflict       DynamoDB refuses because of another transaction, nothing happened
 *   {status}       the part answers with that status and did nothing (`after: true`: and did it)
 *   {stripe}       Stripe itself refuses: the twin keeps the answer under the call's idempotency key, as Stripe does
 *   redeliver      only for `Queue.Delivery`: the function succeeds, its messages come again all the same
 */
export type Fault =
  | 'kill-before'
  | 'kill-after'
  | 'drop-before'
  | 'drop-after'
  | 'throttle'
  | 'conflict'
  | 'redeliver'
  | { readonly status: number; readonly after?: boolean }
  | { readonly stripe: StripeAnswer };

export interface StripeAnswer {
  readonly status: number;
  /** Default: as `POST /_local/faults` has it. */
  readonly code?: string;
}

/** `usage-intake DynamoDB.UpdateItem #3`: the third such call of that function since the last reset. */
export type CallAddress = string;

/** A call on its way to a part, or a delivery on its way to its function. */
export interface ComingCall {
  readonly function: string;
  readonly operation: string;
  readonly address: CallAddress;
  /** Absent for a delivery. */
  readonly request?: PartRequest;
  /** What the function was invoked with, as JSON; absent for who is not a function. */
  readonly event?: string;
}

/** Decides on each call by what it is about. */
export interface Disturber {
  readonly faultOf: (call: ComingCall) => Fault | undefined;
  /** Whether the function's environment is ended before it is invoked with this event. */
  readonly startsCold: (functionName: string, event: string) => boolean;
}

/**
 * The faults that are to come: by the address of the call that they hit, each once, and those that a disturber chooses.
 */
export class FaultPlan {
  readonly #planned = new Map<CallAddress, Fault>();
  readonly #hit: CallAddress[] = [];
  #disturber: Disturber | undefined;

  plan(address: CallAddress, fault: Fault): void {
    this.#planned.set(address, fault);
  }

  /** `undefined`: from now on nobody disturbs. */
  disturbBy(disturber: Disturber | undefined): void {
    this.#disturber = disturber;
  }

  take(call: ComingCall): Fault | undefined {
    const chosen = this.#disturber?.faultOf(call);
    const fault = this.#planned.get(call.address) ?? chosen;
    if (fault === undefined) return undefined;
    this.#planned.delete(call.address);
    this.#hit.push(call.address);
    return fault;
  }

  startsCold(functionName: string, event: string): boolean {
    return this.#disturber?.startsCold(functionName, event) === true;
  }

  /** Addresses of the faults that took place, in order. */
  get hit(): readonly CallAddress[] {
    return this.#hit;
  }

  get missed(): readonly CallAddress[] {
    return [...this.#planned.keys()];
  }

  clear(): void {
    this.#planned.clear();
    this.#hit.length = 0;
    this.#disturber = undefined;
  }
}

/** The refusal of a part, worded as the real one words it. */
export function refusal(
  service: Service,
  fault: 'throttle' | 'conflict' | { status: number },
  request: PartRequest,
): PartAnswer {
  if (fault === 'conflict') return transactionConflict(request);
  const status = fault === 'throttle' ? 429 : fault.status;
  if (service === 'Stripe') return stripeRefusal(status);
  if (service === 'Operator') return jsonAnswer(status, { title: 'Not now' }, 'application/problem+json');
  if (fault !== 'throttle') return awsFailure(service, status);
  switch (service) {
    case 'DynamoDB':
      return awsError(400, 'com.amazonaws.dynamodb.v20120810#ThrottlingException', 'Rate exceeded');
    case 'SQS':
      return awsError(400, 'com.amazonaws.sqs#RequestThrottled', 'Rate exceeded');
    case 'SSM':
      return awsError(400, 'ThrottlingException', 'Rate exceeded');
    case 'S3':
      return s3Error(503, 'SlowDown', 'Please reduce your request rate.');
    case 'SES':
      return sesError(400, 'Throttling', 'Maximum sending rate exceeded.');
    default:
      return service satisfies never;
  }
}

function awsFailure(service: Service, status: number): PartAnswer {
  if (service === 'S3') return s3Error(status, 'InternalError', 'We encountered an internal error. Please try again.');
  const message = 'The request could not be completed.';
  return service === 'SES'
    ? sesError(status, 'InternalFailure', message)
    : awsError(status, 'InternalServerError', message);
}

function transactionConflict(request: PartRequest): PartAnswer {
  const type = 'com.amazonaws.dynamodb.v20120810#';
  const items: unknown = JSON.parse(request.body.toString() || '{}').TransactItems;
  if (!Array.isArray(items))
    return awsError(400, `${type}TransactionConflictException`, 'Transaction is ongoing for the item');
  const reasons = items.map((_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  );
  const codes = reasons.map(reason => reason.Code).join(', ');
  return jsonAnswer(400, {
    __type: `${type}TransactionCanceledException`,
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  });
}

function stripeRefusal(status: number): PartAnswer {
  const error =
    status === 429
      ? { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' }
      : { type: 'api_error', message: 'An error occurred internally with Stripe.' };
  const { headers, ...answer } = jsonAnswer(status, { error });
  return { ...answer, headers: { ...headers, 'request-id': `req_${randomBytes(7).toString('hex')}` } };
}
