import { stageSettings } from '#infra/config/stages.ts';
import { seededRandom } from '#infra/stripe-twin/seeded-random.ts';
import { bucketEvents } from './buckets/bucket-events.ts';
import { BucketService } from './buckets/bucket-service.ts';
import type { DomainClock } from './clock/domain-clock.ts';
import { Stillness } from './clock/stillness.ts';
import { OPERATOR_SECRET } from './fill-parameters.ts';
import { AwsParts } from './gateway/aws-parts.ts';
import { CallLog } from './gateway/call-log.ts';
import { capacityTelling } from './gateway/capacity-telling.ts';
import { CountingProxy } from './gateway/counting-proxy.ts';
import { FaultPlan } from './gateway/fault-plan.ts';
import { Forwarder } from './gateway/forward.ts';
import { OperatorStub } from './gateway/operator-stub.ts';
import { StripeProxy } from './gateway/stripe-proxy.ts';
import type { KeptState } from './kept-state.ts';
import type { LocalCloudOptions } from './local-cloud.ts';
import { EmbeddedSes } from './mail/embedded-ses.ts';
import { MailService } from './mail/mail-service.ts';
import { addressesIn } from './mail/raw-message.ts';
import { Topics } from './mail/topics.ts';
import { OperatorEndpointStub } from './outgoing/operator-endpoint-stub.ts';
import { Outbox } from './outgoing/outbox.ts';
import { elsewhere } from './outgoing/own-operator.ts';
import { ParameterStore } from './parts/parameter-store.ts';
import type { Parts, Started } from './parts/start-parts.ts';
import { QueueService } from './queues/queue-service.ts';
import { type RunningFunctions, runFunctions } from './running-functions.ts';
import type { Deployment } from './template/deployment.ts';

/** Everything between the doors and the parts, put together. */
export interface WiredParts {
  readonly calls: CallLog;
  readonly faults: FaultPlan;
  readonly stillness: Stillness;
  readonly proxy: CountingProxy;
  readonly aws: AwsParts;
  readonly stripeLine: StripeProxy;
  readonly operatorLine: OperatorStub;
  readonly parameters: ParameterStore;
  readonly queues: QueueService;
  readonly buckets: BucketService;
  readonly outbox: Outbox;
  readonly functions: RunningFunctions;
}

/** What the operator has verified at SES by hand: the domain of its sender. */
const VERIFIED_DOMAINS = addressesIn(stageSettings('dev').mailFrom).map(address => address.split('@').at(-1) ?? '');

export function wireParts(given: {
  options: LocalCloudOptions;
  started: Started;
  deployment: Deployment;
  parts: Parts;
  clock: DomainClock;
  kept: KeptState | undefined;
  seed: string;
  failed: (error: unknown) => void;
}): WiredParts {
  const { options, started, deployment, kept, clock } = given;
  const { tables, twin } = given.parts;
  const { region } = deployment;
  const now = () => clock.now();
  const calls = new CallLog();
  const faults = new FaultPlan();
  const stillness = new Stillness();
  const proxy = new CountingProxy(calls, faults, now);
  const stripeLine = new StripeProxy(new Forwarder(twin.address), seededRandom(given.seed));
  const parameters = new ParameterStore({ now, region, ...(kept && { file: kept.parameters }) });
  const outbox = new Outbox(kept?.outgoing);
  const queues = new QueueService(kept?.queues);
  // The functions are there only after the parts that wake them.
  const wake = (queue: string) => {
    for (const mapping of functions.mappings) if (mapping.queue === queue) mapping.wake();
  };
  const send = (queue: string, body: string) => {
    queues.queue(queue).add(body);
    wake(queue);
  };
  const written = bucketEvents({ notifications: deployment.notifications, send, now, region });
  const buckets = new BucketService({ written, now, ...(kept && { folder: kept.buckets }) });
  const mails = new MailService({
    ses: started.add(new EmbeddedSes()),
    outbox,
    topics: new Topics({ subscriptions: deployment.subscriptions, send, now }),
    deployment,
    identities: [...deployment.mailIdentities, ...VERIFIED_DOMAINS],
    now,
  });
  const secret = () => parameters.value(OPERATOR_SECRET) ?? '';
  const stub = new OperatorEndpointStub({ outbox, secret, now });
  const operatorLine = new OperatorStub(options.operator === undefined ? stub : elsewhere(options.operator, stub));
  const aws = new AwsParts({
    tables: options.capacityTold === true ? capacityTelling(tables) : tables,
    queues,
    buckets,
    parameters,
    mails,
    sent: wake,
  });
  const functions = started.add(
    runFunctions(
      deployment,
      { clock, proxy, aws, stripe: stripeLine, operator: operatorLine, queues, calls, faults, tables, stillness },
      {
        concurrency: options.concurrency ?? 2,
        together: options.together,
        retryAfterMs: options.retryAfterMs ?? 1_000,
        log: options.log ?? (() => undefined),
        invoked: options.invoked ?? (() => undefined),
        failed: given.failed,
      },
    ),
  );
  return {
    calls,
    faults,
    stillness,
    proxy,
    aws,
    stripeLine,
    operatorLine,
    parameters,
    queues,
    buckets,
    outbox,
    functions,
  };
}
