import type { Instant } from '#shared/platform/instant.ts';
import type { AwsParts } from './aws-parts.ts';
import type { Caller, CountingProxy } from './counting-proxy.ts';
import { awsError } from './exchange.ts';
import { type Listener, listen } from './listen.ts';
import { awsOperation, stripeOperation } from './operation.ts';
import type { StripeLine } from './stripe-line.ts';

/** The addresses that one caller uses; by them its calls are told from the others'. */
export interface Gateway {
  readonly aws: string;
  readonly stripe: string;
  readonly stop: () => Promise<void>;
}

/** Opens a caller's two doors, to AWS and to Stripe, both through the counting proxy. */
export async function openGateway(
  caller: Caller,
  through: { proxy: CountingProxy; aws: AwsParts; stripe: StripeLine; now: () => Instant },
): Promise<Gateway> {
  const [aws, stripe] = await Promise.all([
    openAwsDoor(caller, through),
    listen({
      now: through.now,
      answer: request =>
        through.proxy.pass({
          caller,
          service: 'Stripe',
          name: stripeOperation(request),
          request,
          forward: forwarded => through.stripe.send(forwarded),
        }),
    }),
  ]);
  return {
    aws: aws.address,
    stripe: stripe.address,
    stop: async () => {
      await Promise.all([aws.stop(), stripe.stop()]);
    },
  };
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
      if (asked === undefined) {
        const target = String(request.headers['x-amz-target']);
        return awsError(400, 'UnknownOperationException', `The local cloud does not know ${target}.`);
      }
      const { service, name } = asked;
      return proxy.pass({ caller, service, name, request, forward: passed => aws.answer(service, name, passed) });
    },
  });
}
