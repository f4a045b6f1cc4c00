import { ANSWER_HEADER } from '#infra/stripe-twin/http/planned-answers.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { CallLog } from './call-log.ts';
import type { PartAnswer, PartRequest } from './exchange.ts';
import { type Fault, type FaultPlan, refusal } from './fault-plan.ts';
import type { Service } from './operation.ts';

/** Who makes a call: a function's worker, or somebody outside. */
export interface Caller {
  readonly name: string;
  /** Ends the worker at once, in the middle of whatever it does. */
  readonly kill: () => Promise<void>;
  /** What it was invoked with, as JSON. */
  readonly event?: () => string;
}

export interface ProxiedCall {
  readonly caller: Caller;
  readonly service: Service;
  readonly name: string;
  readonly request: PartRequest;
  /** `undefined`: the line broke on the way there or back. */
  readonly forward: (request: PartRequest) => Promise<PartAnswer | undefined>;
}

/** Stands before every part: counts each call under its address, and does to it what the fault plan says. */
export class CountingProxy {
  readonly #log: CallLog;
  readonly #faults: FaultPlan;
  readonly #now: () => Instant;

  constructor(log: CallLog, faults: FaultPlan, now: () => Instant) {
    this.#log = log;
    this.#faults = faults;
    this.#now = now;
  }

  /** `undefined`: the caller gets no answer. */
  async pass(call: ProxiedCall): Promise<PartAnswer | undefined> {
    const operation = `${call.service}.${call.name}`;
    const { address, nth } = this.#log.count(call.caller.name, operation);
    const { caller, request } = call;
    const event = caller.event?.();
    const coming = { function: caller.name, operation, address, request, ...(event !== undefined && { event }) };
    const fault = this.#faults.take(coming);
    const { answer, given } = await this.#answer(call, fault);
    this.#log.add(
      {
        address,
        function: call.caller.name,
        operation,
        nth,
        at: this.#now(),
        ...(fault !== undefined && { fault }),
        ...(answer !== undefined && { status: answer.status }),
        requestBytes: call.request.body.length,
        answerBytes: answer?.body.length ?? 0,
      },
      call.request,
      answer,
    );
    return given;
  }

  /** `answer` is what the part said, `given` what the caller hears of it. */
  async #answer(
    { caller, service, request, forward }: ProxiedCall,
    fault: Fault | undefined,
  ): Promise<{ answer?: PartAnswer | undefined; given?: PartAnswer | undefined }> {
    switch (fault) {
      case undefined:
      case 'redeliver': {
        const answer = await forward(request);
        return { answer, given: answer };
      }
      case 'kill-before':
        await caller.kill();
        return {};
      case 'kill-after': {
        const answer = await forward(request);
        await caller.kill();
        return { answer };
      }
      case 'drop-before':
        return {};
      case 'drop-after':
        return { answer: await forward(request) };
      case 'throttle':
      case 'conflict':
        return { given: refusal(service, fault, request) };
      default: {
        if ('stripe' in fault) {
          const headers = { ...request.headers, [ANSWER_HEADER]: JSON.stringify(fault.stripe) };
          const answer = await forward({ ...request, headers });
          return { answer, given: answer };
        }
        const given = refusal(service, fault, request);
        return fault.after === true ? { answer: await forward(request), given } : { given };
      }
    }
  }
}
