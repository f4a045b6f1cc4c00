import type { StripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Timeline } from './clock/timeline.ts';
import { isConsolePath, openConsole } from './console/console.ts';
import type { ConsoleSources } from './console/console-sources.ts';
import { type Controls, controlAnswer } from './control/control-api.ts';
import type { OperatorStub } from './gateway/operator-stub.ts';
import type { StripeProxy } from './gateway/stripe-proxy.ts';
import { ApiFront } from './http/api-front.ts';
import type { Outbox } from './outgoing/outbox.ts';
import { type PublicAddress, STARTING } from './parts/public-address.ts';
import type { FunctionPool } from './runtime/function-pool.ts';
import type { RouteSpec } from './template/deployment.ts';
import { WEBHOOK_SECRET } from './webhook-to-product.ts';

/** Puts the HTTP API, the console and `/_local` behind the front door; `/_local` answers once `ready` is called. */
export function openFront(
  door: PublicAddress,
  behind: {
    routes: readonly RouteSpec[];
    pools: ReadonlyMap<string, FunctionPool>;
    timeline: Timeline;
    /** Its clock may be moved: Stripe is not on real time. */
    isMovable: boolean;
    stripeLine: StripeProxy;
    operatorLine: OperatorStub;
    outbox: Outbox;
    drop: Controls['drop'];
    twin: StripeTwin;
    parts: Readonly<Record<string, string>>;
    now: () => Instant;
    /** What the console looks at besides. */
    console: Pick<ConsoleSources, 'parameter' | 'tables' | 'queues' | 'calls'> & { isStill: () => boolean };
  },
): { ready: () => void } {
  const { now, timeline } = behind;
  const controls: Controls = {
    addresses: {
      api: door.address,
      stripe: behind.twin.address,
      webhookSecret: WEBHOOK_SECRET,
      inbox: `${door.address}/_local/inbox`,
      console: door.address,
    },
    parts: behind.parts,
    now,
    moveTo: behind.isMovable ? instant => timeline.moveTo(instant) : undefined,
    settle: () => timeline.settle(),
    outbox: behind.outbox,
    drop: behind.drop,
    setFaults: ({ stripe, operator }) => {
      behind.stripeLine.faults = stripe;
      behind.twin.disturbWebhooks(stripe);
      behind.twin.planAnswers(stripe.answers ?? []);
      behind.operatorLine.faults = operator;
    },
  };
  const api = new ApiFront(behind.routes, behind.pools, now);
  let isReady = false;
  const { isStill, ...looksAt } = behind.console;
  const console = openConsole({
    ...looksAt,
    product: request => api.answer(request),
    stripe: behind.twin.address,
    clock: { now, isStill, moveTo: controls.moveTo },
    isReady: () => isReady,
  });
  door.open(async request => {
    if (isConsolePath(pathOf(request.url))) return console(request);
    if (!/^\/_local([/?]|$)/.test(request.url)) return api.answer(request);
    return isReady ? controlAnswer(request, controls) : STARTING;
  });
  return {
    ready: () => {
      isReady = true;
    },
  };
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
