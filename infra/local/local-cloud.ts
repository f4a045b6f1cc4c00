import type { StripeTwin, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import { HOUR, type Instant, printInstant } from '#shared/platform/instant.ts';
import type { BucketService } from './buckets/bucket-service.ts';
import { DomainClock } from './clock/domain-clock.ts';
import { Timeline } from './clock/timeline.ts';
import { fillParameters } from './fill-parameters.ts';
import type { CallLog } from './gateway/call-log.ts';
import type { FaultPlan } from './gateway/fault-plan.ts';
import { openAwsDoor } from './gateway/gateways.ts';
import type { OperatorStub } from './gateway/operator-stub.ts';
import type { StripeProxy } from './gateway/stripe-proxy.ts';
import { KeptState } from './kept-state.ts';
import { embeddedSesVersion } from './mail/embedded-ses.ts';
import { openFront } from './open-front.ts';
import type { Outbox } from './outgoing/outbox.ts';
import { takePort } from './parts/public-address.ts';
import { Started, startParts } from './parts/start-parts.ts';
import type { TablesPart } from './parts/start-tables.ts';
import type { EndedInvocation } from './runtime/function-pool.ts';
import type { Sandbox } from './stripe-sandbox/sandbox.ts';
import { sandboxStarter } from './stripe-sandbox/stripe-sandbox.ts';
import { readAssembly } from './template/assembly.ts';
import { deploy } from './template/deploy.ts';
import { interpret } from './template/interpret.ts';
import { listenToStripe } from './webhook-to-product.ts';
import { type WiredParts, wireParts } from './wired-parts.ts';

export interface LocalCloudOptions {
  /** Domain time stands at this moment and moves by command. Without: it runs. */
  readonly clock?: Instant;
  /** Default: any free one. */
  readonly port?: number;
  /** Folder that keeps state over restarts. */
  readonly data?: string;
  /** The operator's own endpoint; default: one that takes what is signed and has the agreed shape. */
  readonly operator?: string;
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
  started.add({ stop: async () => kept?.release() });
  kept?.mustBeOf(sandbox !== undefined);
  const clock = clockOf(options.clock, kept?.lastNow());
  tellLeap(kept?.lastNow(), clock.now(), progress);
  const now = () => clock.now();
  const { failure, failed } = firstFailure();

  const door = started.add(await takePort(options.port ?? 0, now));
  const { assembly } = options;
  const startStripe =
    sandbox === undefined ? options.startStripe : sandboxStarter(sandbox, { file: kept?.sandbox, say: progress });
  const parts = await startParts({ started, now, seed, kept, assembly, startStripe, progress, failed });
  progress(
    `parts are up: tables ${parts.tables.version}, ${sandbox === undefined ? 'Stripe twin' : "Stripe's sandbox"}`,
  );
  const deployment = interpret(readAssembly(parts.assembly), { api: door.address });
  const wired = wireParts({ options, started, deployment, parts, clock, kept, seed, failed });
  await deploy(deployment, { tables: parts.tables, queues: wired.queues, buckets: wired.buckets });

  const awsDoor = started.add(await openAwsDoor(OUTSIDE, { proxy: wired.proxy, aws: wired.aws, now }));
  fillParameters(wired.parameters, deployment, { aws: awsDoor.address, stripe: parts.twin.address }, sandbox);
  const timeline = followTime({ started, wired, twin: parts.twin, clock, kept, failed });
  const isMovable = sandbox === undefined;
  const versions = versionsOf(parts.tables, isMovable);
  const front = openFront(door, {
    ...wired,
    routes: deployment.routes,
    pools: wired.functions.pools,
    timeline,
    isMovable,
    twin: parts.twin,
    parts: versions,
    now,
    drop: (key, bytes) => dropInto(wired.buckets, deployment.buckets, key, bytes),
    console: {
      parameter: name => wired.parameters.value(name),
      tables: { address: parts.tables.address, region: deployment.region },
      queues: { names: deployment.queues.map(({ name }) => name), length: name => wired.queues.queue(name).length },
      calls: wired.calls,
      isStill: () => clock.isStill,
    },
  });
  listenToStripe(parts.twin, deployment.routes, door.address);
  if (options.isHeld !== true) front.ready();

  const { calls, faults, stripeLine, operatorLine, outbox, parameters, queues, functions } = wired;
  return {
    api: door.address,
    aws: { endpoint: awsDoor.address, region: deployment.region },
    twin: parts.twin,
    calls,
    faults,
    stripeLine,
    operatorLine,
    outbox,
    parts: versions,
    parameter: name => parameters.value(name),
    queueLength: queue => queues.queue(queue).length,
    renew: name => functions.renew(name),
    now,
    moveTo: instant => timeline.moveTo(instant),
    settle: () => timeline.settle(),
    letTimeRun: () => clock.runFrom(clock.now()),
    ready: front.ready,
    failure,
    stop: () => started.stop(),
  };
}

/** The stage's one bucket announces it like any other object. */
async function dropInto(
  buckets: BucketService,
  [bucket]: readonly string[],
  key: string,
  bytes: Buffer,
): Promise<void> {
  const url = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  await buckets.answer('PutObject', { method: 'PUT', url, headers: {}, body: bytes });
}

/** Lets schedules, queues and Stripe follow the clock from now on. */
function followTime(options: {
  started: Started;
  wired: WiredParts;
  twin: StripeTwin;
  clock: DomainClock;
  kept: KeptState | undefined;
  failed: (error: unknown) => void;
}): Timeline {
  const { started, wired, twin, clock, kept, failed } = options;
  const { functions, stillness } = wired;
  const keepNow = () => kept?.keepNow(clock.now());
  const timeline = new Timeline({ clock, schedules: functions.schedules, stripe: twin, stillness, moved: keepNow });
  started.add({
    stop: async () => {
      timeline.stop();
      keepNow();
    },
  });
  for (const mapping of functions.mappings) mapping.recover();
  timeline.follow(failed);
  return timeline;
}

function versionsOf(tables: TablesPart, isTwin: boolean): Readonly<Record<string, string>> {
  return {
    dynamodb: tables.version,
    'sqs-s3': 'in this process',
    ses: embeddedSesVersion(),
    stripe: isTwin ? 'twin' : 'sandbox',
    node: process.version,
  };
}

/** Who calls from outside of all functions: the CLI, tests, the sample. */
const OUTSIDE = { name: 'outside', kill: async () => undefined };

/** Stands at the given moment, or runs from now; never behind what an earlier run has seen. */
function clockOf(given: Instant | undefined, last: Instant | undefined): DomainClock {
  const from = Math.max(given ?? Date.now(), last ?? 0);
  return given === undefined ? DomainClock.running(from) : DomainClock.still(from);
}

/** What fell due in between is made up for at once, which may take a while and surprise. */
function tellLeap(last: Instant | undefined, now: Instant, progress: (text: string) => void): void {
  if (last === undefined || now - last < HOUR) return;
  progress(
    `time goes on from ${printInstant(last)}, where --data stood, to ${printInstant(now)}; --clock says otherwise`,
  );
}

function firstFailure(): { failure: Promise<Error>; failed: (error: unknown) => void } {
  const { promise, resolve } = Promise.withResolvers<Error>();
  return { failure: promise, failed: error => resolve(error instanceof Error ? error : new Error(String(error))) };
}
