import type { Instant } from '#shared/platform/instant.ts';
import type { AwsParts } from './aws-parts.ts';
import type { Caller, CountingProxy } from './counting-proxy.ts';
import { awsError, type PartAnswer, type PartRequest } from './exchange.ts';
import { type Listener, listen } from './listen.ts';
import { awsOperation, operatorOperation, type Service, stripeOperation } from './operation.ts';
import type { OperatorStub } from './operator-stub.ts';
import type { StripeProxy } from './stripe-proxy.ts';

export type DoorName = 'aws' | 'stripe' | 'operator';

/** The addresses that one caller uses; by them its calls are told from the others'. */
export interface Gateway extends Readonly<Record<DoorName, string>> {
  /** What comes of a request at a door, for a caller that needs no socket. `undefined`: it gets no answer. */
  readonly answer: (door: DoorName, request: PartRequest) => Promise<PartAnswer | undefined>;
  readonly stop: () => Promise<void>;
}

export interface GatewayParts {
  readonly proxy: CountingProxy;
  readonly aws: AwsParts;
  readonly stripe: StripeProxy;
  readonly operator: OperatorStub;
  readonly now: () => Instant;
}

type Answering = (request: PartRequest) => Promise<PartAnswer | undefined>;

/** Opens a caller's doors, to AWS, Stripe and the operator, all through the counting proxy. */
export async function openGateway(caller: Caller, through: GatewayParts): Promise<Gateway> {
  const answers: Readonly<Record<DoorName, Answering>> = {
    aws: answerOfAws(caller, through),
    stripe: answerOf(caller, 'Stripe', stripeOperation, through.stripe, through),
    operator: answerOf(caller, 'Operator', operatorOperation, through.operator, through),
  };
  const { now } = through;
  const [aws, stripe, operator] = await Promise.all([
    listen({ now, answer: answers.aws }),
    listen({ now, answer: answers.stripe }),
    listen({ now, answer: answers.operator }),
  ]);
  return {
    aws: aws.address,
    stripe: stripe.address,
    operator: operator.address,
    answer: (door, request) => answers[door](request),
    stop: async () => {
      await Promise.all([aws.stop(), stripe.stop(), operator.stop()]);
    },
  };
}

export function openAwsDoor(
  caller: Caller,
  through: Pick<GatewayParts, 'proxy' | 'aws' | 'now'>,
  port = 0,
): Promise<Listener> {
  return listen({ now: through.now, port, answer: answerOfAws(caller, through) });
}

function answerOf(
  caller: Caller,
  service: Service,
  operation: (request: PartRequest) => string,
  line: { readonly send: Answering },
  { proxy }: Pick<GatewayParts, 'proxy'>,
): Answering {
  return request =>
    proxy.pass({ caller, service, name: operation(request), request, forward: passed => line.send(passed) });
}

function answerOfAws(caller: Caller, { proxy, aws }: Pick<GatewayParts, 'proxy' | 'aws'>): Answering {
  return async request => {
    const asked = awsOperation(request);
    if ('unknown' in asked) {
      return awsError(400, 'UnknownOperationException', `The local cloud does not know ${asked.unknown}.`);
    }
    const { service, name } = asked;
    return proxy.pass({
      caller,
      service,
      name,
      request,
      forward: passed => aws.answer(service, name, passed, caller.name),
    });
  };
}
