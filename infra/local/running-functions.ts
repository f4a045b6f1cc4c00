import type { DomainClock } from './clock/domain-clock.ts';
import { Schedule } from './clock/schedule.ts';
import type { Stillness } from './clock/stillness.ts';
import { watchOf } from './clock/table-watch.ts';
import type { AwsParts } from './gateway/aws-parts.ts';
import type { CallLog } from './gateway/call-log.ts';
import type { CountingProxy } from './gateway/counting-proxy.ts';
import type { FaultPlan } from './gateway/fault-plan.ts';
import { openGateway } from './gateway/gateways.ts';
import type { OperatorStub } from './gateway/operator-stub.ts';
import type { StripeProxy } from './gateway/stripe-proxy.ts';
import type { TablesPart } from './parts/start-tables.ts';
import { QueueMapping } from './queues/queue-mapping.ts';
import type { QueueService } from './queues/queue-service.ts';
import { functionEnvironment } from './runtime/function-environment.ts';
import { type EndedInvocation, FunctionPool } from './runtime/function-pool.ts';
import type { Deployment } from './template/deployment.ts';

export interface RunningFunctions {
  /** By physical name. */
  readonly pools: ReadonlyMap<string, FunctionPool>;
  readonly mappings: readonly QueueMapping[];
  readonly schedules: readonly Schedule[];
  /** As a deployment does: the idle environments of a function, by its short name, end. */
  readonly renew: (functionName: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Sets up the functions of a deployment with what invokes them; none is started before it is needed. */
export function runFunctions(
  deployment: Deployment,
  parts: {
    clock: DomainClock;
    proxy: CountingProxy;
    aws: AwsParts;
    stripe: StripeProxy;
    operator: OperatorStub;
    queues: QueueService;
    calls: CallLog;
    faults: FaultPlan;
    tables: TablesPart;
    stillness: Stillness;
  },
  options: {
    concurrency: number;
    together: ((body: string) => string) | undefined;
    retryAfterMs: number;
    log: (functionName: string, text: string) => void;
    invoked: (invocation: EndedInvocation) => void;
    failed: (error: unknown) => void;
  },
): RunningFunctions {
  const now = () => parts.clock.now();
  const changed = () => parts.stillness.changed();
  const { proxy, aws, stripe, operator } = parts;
  const through = { proxy, aws, stripe, operator, now };
  const pools = new Map(
    deployment.functions.map(spec => [
      spec.functionName,
      new FunctionPool(spec, {
        clock: parts.clock.shared,
        concurrency: options.concurrency,
        openGateway: caller => openGateway(caller, through),
        environment: (of, doors) => functionEnvironment(of, doors, deployment.region),
        log: options.log,
        invoked: options.invoked,
        startsCold: (name, event) => parts.faults.startsCold(name, event),
        changed,
      }),
    ]),
  );
  const poolOf = (name: string, wanted: string): FunctionPool => {
    const pool = pools.get(name);
    if (pool === undefined) throw new Error(`${wanted} is for the function ${name}, which no stack declares.`);
    return pool;
  };
  const mappings = deployment.mappings.map(
    spec =>
      new QueueMapping(
        spec,
        { pool: poolOf(spec.function, `The queue ${spec.queue}`), queues: parts.queues },
        {
          region: deployment.region,
          retryAfterMs: options.retryAfterMs,
          together: options.together,
          calls: parts.calls,
          faults: parts.faults,
          now,
          changed,
          failed: options.failed,
        },
      ),
  );
  const schedules = deployment.schedules.map(spec => {
    const pool = poolOf(spec.function, `The schedule ${spec.name}`);
    const watch = watchOf(pool.spec.name, parts.calls, parts.tables);
    return new Schedule(spec, pool, { watch, startedAt: now() });
  });
  parts.stillness.watch(
    [
      ...mappings.map(mapping => ({
        get isIdle() {
          return mapping.isIdle;
        },
        describe: () => `the queue ${mapping.queue}`,
      })),
      ...[...pools.values()].map(pool => ({
        get isIdle() {
          return pool.running === 0;
        },
        describe: () => `the function ${pool.spec.name}`,
      })),
    ],
    async () => {
      for (const mapping of mappings) if (await mapping.deliverInTurn()) return true;
      return false;
    },
  );
  return {
    pools,
    mappings,
    schedules,
    renew: async name => {
      const pool = [...pools.values()].find(({ spec }) => spec.name === name);
      if (pool === undefined) throw new Error(`There is no function ${name}.`);
      await pool.renew();
    },
    stop: async () => {
      for (const mapping of mappings) mapping.stop();
      await Promise.all([...pools.values()].map(pool => pool.stop()));
    },
  };
}
