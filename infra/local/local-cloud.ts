import type { FauxqsServer } from 'fauxqs';
import { stageSettings } from '#infra/config/stages.ts';
import { seededRandom } from '#infra/stripe-twin/seeded-random.ts';
import type { StripeTwin, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { secretParameterName } from '#shared/platform/secret-parameter.ts';
import { DomainClock } from './clock/domain-clock.ts';
import { Stillness } from './clock/stillness.ts';
import { Timeline } from './clock/timeline.ts';
import { AwsParts } from './gateway/aws-parts.ts';
import { CallLog } from './gateway/call-log.ts';
import { capacityTelling } from './gateway/capacity-telling.ts';
import { CountingProxy } from './gateway/counting-proxy.ts';
import { FaultPlan } from './gateway/fault-plan.ts';
import { Forwarder } from './gateway/forward.ts';
import { openAwsDoor } from './gateway/gateways.ts';
import { OperatorStub } from './gateway/operator-stub.ts';
import { StripeProxy } from './gateway/stripe-proxy.ts';
import { KeptState } from './kept-state.ts';
import { EmbeddedSes, embeddedSesVersion } from './mail/embedded-ses.ts';
import { MailService } from './mail/mail-service.ts';
import { addressesIn } from './mail/raw-message.ts';
import { Topics } from './mail/topics.ts';
import { openFront } from './open-front.ts';
import { OperatorEndpointStub } from './outgoing/operator-endpoint-stub.ts';
import { Outbox } from './outgoing/outbox.ts';
import { BucketFront } from './parts/bucket-front.ts';
import { ParameterStore } from './parts/parameter-store.ts';
import { takePort } from './parts/public-address.ts';
import { Started, startParts } from './parts/start-parts.ts';
import { runFunctions } from './running-functions.ts';
import { localAddresses } from './runtime/function-environment.ts';
import type { EndedInvocation } from './runtime/function-pool.ts';
import type { Sandbox } from './stripe-sandbox/sandbox.ts';
import { sandboxStarter } from './stripe-sandbox/stripe-sandbox.ts';
import { readAssembly } from './template/assembly.ts';
import { deploy } from './template/deploy.ts';
import { OPERATOR_ORIGIN } from './template/deployment.ts';
import { interpret } from './template/interpret.ts';
import { listenToStripe, WEBHOOK_SECRET } from './webhook-to-product.ts';

export interface LocalCloudOptions {
  /** Domain time stands at this moment and moves by command. Without: it runs. */
  readonly clock?: Instant;
  /** Default: any free one. */
  readonly port?: number;
  /** Folder that keeps state over restarts. */
  readonly data?: string;
  /** Makes what is random repeatable: Stripe's ids, which answers get lost. */
  readonly seed?: string;
  /** Folder of a cloud assembly. Default: this code's own, synthesized when it changed. */
  readonly assembly?: string;
  /** Plays Stripe. Default: the twin. */
  readonly startStripe?: typeof startStripeTwin;
  /** Stripe's sandbox in its place; time is the real one then. */
  readonly sandbox?: Sandbox | undefined;
  /** Environments per function. Default 2; with 1 the order of calls is the same in every run. */
  readonly concurrency?: number;
  /**
   * Queues are served one batch after the other, only while time moves or settles, and a batch holds only messages of the
   * same group (told by their bodies): the order of everything is the same in every run.
   */
  readonly together?: (body: string) => string;
  /** Real time until a failed queue message comes again. Default 1 s. */
  readonly retryAfterMs?: number;
  /** `/_local` is not answered before `ready()` is called: there is still something to prepare. */
  readonly isHeld?: boolean;
  /** DynamoDB answers each request with the capacity that it consumed, also to those who do not ask; `calls` hears it. */
  readonly capacityTold?: boolean;
  /** Hears of each invocation that ended. */
  readonly invoked?: (invocation: EndedInvocation) => void;
  /** What functions write and why they failed. */
  readonly log?: (functionName: string, text: string) => void;
  /** Told while starting. */
  readonly progress?: (text: string) => void;
}

export interface LocalCloud {
  /** Base URL of the HTTP API, also of `/_local`. */
  readonly api: string;
  /** For SDKs and the CLI: `AWS_ENDPOINT_URL`. */
  readonly aws: { readonly endpoint: string; readonly region: string };
  readonly twin: StripeTwin;
  readonly calls: CallLog;
  readonly faults: FaultPlan;
  readonly stripeLine: StripeProxy;
  readonly operatorLine: OperatorStub;
  /** Mails that went out, and what was posted to the operator. */
  readonly outbox: Outbox;
  readonly parts: Readonly<Record<string, string>>;
  /** A value of the parameter store, such as `/dunlin/dev/deployment`. */
  readonly parameter: (name: string) => string | undefined;
  /** Ends the idle environments of a function, by its short name: its next invocation starts cold. */
  readonly renew: (functionName: string) => Promise<void>;
  /** Messages on a queue, by its physical name: waiting, delayed or being worked on. */
  readonly queueLength: (queue: string) => number;
  readonly now: () => Instant;
  /** Through everything that falls due in between, in order; settled at the end. */
  readonly moveTo: (instant: Instant) => Promise<void>;
  readonly settle: () => Promise<void>;
  /** Time runs from here on, wherever it stood. */
  readonly letTimeRun: () => void;
  /** Opens `/_local`: whoever waits for the first answer from there may begin. */
  readonly ready: () => void;
  /** Resolves when a part dies. */
  readonly failure: Promise<Error>;
  readonly stop: () => Promise<void>;
}

const STRIPE_KEY = secretParameterName('dev', 'stripe');
const WEBHOOK_SECRETS = secretParameterName('dev', 'webhook');
const OPERATOR_SECRET = secretParameterName('dev', 'operator');

/** The names of what the operator puts into the parameter store by hand. */
const SECRETS = new Map([
  [STRIPE_KEY, 'sk_test_local'],
  [WEBHOOK_SECRETS, WEBHOOK_SECRET],
  [secretParameterName('dev', 'links'), 'local_link_secret_0123456789abcdef'],
  [OPERATOR_SECRET, 'local_operator_secret_0123456789abcdef'],
]);

/** What the operator has verified at SES by hand: the domain of its sender. */
const VERIFIED_DOMAINS = addressesIn(stageSettings('dev').mailFrom).map(address => address.split('@').at(-1) ?? '');

/** Runs what the CDK app declares, on this machine. Throws a plain sentence when something is in the way. */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const started = new Started();
  try {
    return await start(options, started);
  } catch (error) {
    await started.stop();
    throw error;
  }
}

async function start(options: LocalCloudOptions, started: Started): Promise<LocalCloud> {
  const { seed = 'local', progress = () => undefined, sandbox } = options;
  const kept = options.data === undefined ? undefined : new KeptState(options.data);
  kept?.mustBeOf(sandbox !== undefined);
  const clock = clockOf(options.clock, kept?.lastNow());
  const now = () => clock.now();
  const { failure, failed } = firstFailure();

  const door = started.add(await takePort(options.port ?? 0, now));
  const { assembly } = options;
  const startStripe =
    sandbox === undefined ? options.startStripe : sandboxStarter(sandbox, { file: kept?.sandbox, say: progress });
  const parts = await startParts({ started, now, seed, kept, assembly, startStripe, progress, failed });
  const { tables, queues, twin } = parts;
  progress(
    `parts are up: ${tables.version}, ${queues.version}, ${sandbox === undefined ? 'Stripe twin' : "Stripe's sandbox"}`,
  );

  const deployment = interpret(readAssembly(parts.assembly), { api: door.address });
  const { region } = deployment;
  const toQueues = new Forwarder(queues.address);
  await deploy(deployment, { tables, server: queues.server });

  const calls = new CallLog();
  const faults = new FaultPlan();
  const stillness = new Stillness();
  const proxy = new CountingProxy(calls, faults, now);
  const stripeLine = new StripeProxy(new Forwarder(twin.address), seededRandom(seed));
  const parameters = new ParameterStore({ now, region, ...(kept && { file: kept.parameters }) });
  // The functions are there only after the parts that wake them.
  const wake = (queue: string) => {
    for (const mapping of functions.mappings) if (mapping.queue === queue) mapping.wake();
  };
  const send = (queue: string, body: string) => {
    queues.server.sendMessage(queue, body, { region });
    wake(queue);
  };
  const buckets = new BucketFront({
    storage: toQueues,
    notifications: deployment.notifications,
    now,
    region,
    send,
  });
  const outbox = new Outbox(kept?.outgoing);
  const mails = new MailService({
    ses: started.add(new EmbeddedSes()),
    outbox,
    topics: new Topics({ subscriptions: deployment.subscriptions, send, now }),
    deployment,
    identities: [...deployment.mailIdentities, ...VERIFIED_DOMAINS],
    now,
  });
  const secret = () => parameters.value(OPERATOR_SECRET) ?? '';
  const operatorLine = new OperatorStub(new OperatorEndpointStub({ outbox, secret, now }));
  const aws = new AwsParts({
    tables: options.capacityTold === true ? capacityTelling(tables) : tables,
    queues: toQueues,
    buckets,
    parameters,
    mails,
    sent: wake,
  });
  const functions = started.add(
    runFunctions(
      deployment,
      {
        clock,
        proxy,
        aws,
        stripe: stripeLine,
        operator: operatorLine,
        queues,
        toQueues,
        calls,
        faults,
        tables,
        stillness,
      },
      {
        concurrency: options.concurrency ?? 2,
        together: options.together,
        retryAfterMs: options.retryAfterMs ?? 1_000,
        isKept: kept !== undefined,
        log: options.log ?? (() => undefined),
        invoked: options.invoked ?? (() => undefined),
        failed,
      },
    ),
  );
  const awsDoor = started.add(await openAwsDoor(OUTSIDE, { proxy, aws, now }));
  for (const [name, value] of deployment.parameters) {
    // Nobody but a function is to reach the operator.
    const doors = { aws: awsDoor.address, stripe: twin.address, operator: OPERATOR_ORIGIN };
    parameters.put(name, localAddresses(value, doors));
  }
  for (const [name, value] of SECRETS) if (!parameters.has(name)) parameters.put(name, value, 'SecureString');
  // `dunlin setup`, run here in an earlier session, has put those of its own endpoints there.
  const signing = parameters.value(WEBHOOK_SECRETS)?.split(',') ?? [];
  if (!signing.includes(WEBHOOK_SECRET)) parameters.put(WEBHOOK_SECRETS, [...signing, WEBHOOK_SECRET].join(','));
  if (sandbox !== undefined) parameters.put(STRIPE_KEY, sandbox.key, 'SecureString');

  const keepNow = () => kept?.keepNow(now());
  const timeline = new Timeline({ clock, schedules: functions.schedules, stripe: twin, stillness, moved: keepNow });
  started.add({
    stop: async () => {
      timeline.stop();
      keepNow();
    },
  });
  for (const mapping of functions.mappings) await mapping.recover();
  timeline.follow(failed);

  const versions = {
    dynamodb: tables.version,
    'sqs-s3': queues.version,
    ses: embeddedSesVersion(),
    stripe: sandbox === undefined ? 'twin' : 'sandbox',
    node: process.version,
  };
  const front = openFront(door, {
    routes: deployment.routes,
    pools: functions.pools,
    timeline,
    isMovable: sandbox === undefined,
    stripeLine,
    operatorLine,
    outbox,
    twin,
    parts: versions,
    now,
    console: {
      parameter: name => parameters.value(name),
      tables: { address: tables.address, region },
      queues: { names: deployment.queues.map(({ name }) => name), length: name => lengthOf(queues.server, name) },
      calls,
      isStill: () => clock.isStill,
    },
  });
  listenToStripe(twin, deployment.routes, door.address);
  if (options.isHeld !== true) front.ready();

  return {
    api: door.address,
    aws: { endpoint: awsDoor.address, region },
    twin,
    calls,
    faults,
    stripeLine,
    operatorLine,
    outbox,
    parts: versions,
    parameter: name => parameters.value(name),
    queueLength: queue => lengthOf(queues.server, queue),
    renew: async name => {
      const pool = [...functions.pools.values()].find(({ spec }) => spec.name === name);
      if (pool === undefined) throw new Error(`There is no function ${name}.`);
      await pool.renew();
    },
    now,
    moveTo: instant => timeline.moveTo(instant),
    settle: () => timeline.settle(),
    letTimeRun: () => clock.runFrom(clock.now()),
    ready: front.ready,
    failure,
    stop: () => started.stop(),
  };
}

/** Who calls from outside of all functions: the CLI, tests, the sample. */
const OUTSIDE = { name: 'outside', kill: async () => undefined };

/** Stands at the given moment, or runs from now; never behind what an earlier run has seen. */
function clockOf(given: Instant | undefined, last: Instant | undefined): DomainClock {
  const from = Math.max(given ?? Date.now(), last ?? 0);
  return given === undefined ? DomainClock.running(from) : DomainClock.still(from);
}

function firstFailure(): { failure: Promise<Error>; failed: (error: unknown) => void } {
  const { promise, resolve } = Promise.withResolvers<Error>();
  return { failure: promise, failed: error => resolve(error instanceof Error ? error : new Error(String(error))) };
}

function lengthOf(server: FauxqsServer, queue: string): number {
  const messages = server.inspectQueue(queue)?.messages;
  if (messages === undefined) throw new Error(`There is no queue ${queue}.`);
  return messages.ready.length + messages.delayed.length + messages.inflight.length;
}
