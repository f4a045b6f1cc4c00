import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { patchDate } from '../clock/patch-date.ts';
import { patchPauses } from '../clock/patch-pauses.ts';
import { CallCarrier } from './call-carrier.ts';
import { carryFetch } from './carried-fetch.ts';
import { carryHttp } from './carried-http.ts';
import type { Invocation, ThreadOrder, ThreadReport, ThreadSettings } from './thread-messages.ts';

// Runs one function, one invocation at a time, as the Lambda runtime does.

type Handler = (event: unknown, context: object) => unknown;

const settings: ThreadSettings = workerData;
const port = parentPort;
if (port === null) throw new Error('To be run as a worker thread only.');
const say = (report: ThreadReport) => port.postMessage(report);

patchDate(settings.clock);
patchPauses(settings.clock);
const carrier = new CallCarrier(port, settings.doors);
carryHttp(carrier);
carryFetch(carrier);
try {
  port.on('message', (order: ThreadOrder) => {
    if (order.kind === 'answer') carrier.answered(order);
  });
  const handler = await loadHandler();
  port.on('message', (order: ThreadOrder) => {
    if (order.kind === 'invoke') void run(handler, order);
  });
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'not-started', message: describe(error) });
}

async function loadHandler(): Promise<Handler> {
  if (!existsSync(new URL(settings.module))) throw new Error(`There is no ${settings.module}.`);
  const loaded: Record<string, unknown> = await import(settings.module);
  const handler = loaded[settings.exportName];
  if (!isHandler(handler)) throw new Error(`${settings.module} exports no function "${settings.exportName}".`);
  return handler;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

async function run(handler: Handler, { requestId, event, timeoutMs }: Invocation): Promise<void> {
  // Real time: the domain clock may stand still while the function works.
  const deadline = performance.now() + timeoutMs;
  const context = {
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
  try {
    const result = await handler(JSON.parse(event), context);
    say({ kind: 'returned', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    say({ kind: 'threw', message: describe(error) });
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? text : `${text}\ncaused by ${describe(error.cause)}`;
}
