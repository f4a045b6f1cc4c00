import type { Instant } from '#shared/platform/instant.ts';
import type { AwsParts } from './aws-parts.ts';
import type { Caller, CountingProxy } from './counting-proxy.ts';
import { awsError, type PartAnswer, type PartRequest } from './exchange.ts';
import { type Listener, listen } from './listen.ts';
import { awsOperation, operatorOperation, type Service, stripeOperation } from './operation.ts';
import type { OperatorStub } from './operator-stub.ts';
import type { StripeProxy } from './stripe-proxy.ts';

/** The addresses that one caller uses; by them its calls are told from the others'. */
export interface Gateway {
  readonly aws: string;
  readonly stripe: string;
  readonly operator: string;
  readonly stop: () => Promise<void>;
}

export interface GatewayParts {
  readonly proxy: CountingProxy;
  readonly aws: AwsParts;
  readonly stripe: StripeProxy;
  readonly operator: OperatorStub;
  readonly now: () => Instant;
}

/** Opens a caller's doors, to AWS, Stripe and the operator, all through the counting proxy. */
export async function openGateway(caller: Caller, through: GatewayParts): Promise<Gateway> {
  const [aws, stripe, operator] = await Promise.all([
    openAwsDoor(caller, through),
    openDoor(caller, 'Stripe', stripeOperation, through.stripe, through),
    openDoor(caller, 'Operator', operatorOperation, through.operator, through),
  ]);
  return {
    aws: aws.address,
    stripe: stripe.address,
    operator: operator.address,
    stop: async () => {
      await Promise.all([aws.stop(), stripe.stop(), operator.stop()]);
    },
  };
}

function openDoor(
  caller: Caller,
  service: Service,
  operation: (request: PartRequest) => string,
  line: { readonly send: (request: PartRequest) => Promise<PartAnswer | undefined> },
  { proxy, now }: GatewayParts,
): Promise<Listener> {
  return listen({
    now,
    answer: request =>
      proxy.pass({ caller, service, name: operation(request), request, forward: passed => line.send(passed) }),
  });
}

export function openAwsDoor(
  caller: Caller,
  { proxy, aws, now }: { proxy: CountingProxy; aws: AwsParts; now: () => Instant },
  port = 0,
): Promise<Listener> {
  return listen({
    now,
    port,
    answer: async request => {
      const asked = awsOperation(request);
      if ('unknown' in asked) {
        return awsError(400, 'UnknownOperationException', `The local cloud does not know ${asked.unknown}.`);
      }
      const { service, name } = asked;
      return proxy.pass({ caller, service, name, request, forward: passed => aws.answer(service, name, passed) });
    },
  });
}
