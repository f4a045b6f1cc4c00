import type { Instant } from '#shared/platform/instant.ts';
import type { LocalCloud } from './local-cloud.ts';
import { requireNode24 } from './require-node-24.ts';

// `npm start`: the local cloud until Ctrl-C. Exit codes: 0 stopped, 1 something is in the way or died, 2 wrong arguments.

requireNode24();
const { parseStartArguments, USAGE, UsageError } = await import('./start-arguments.ts');
const { startLocalCloud } = await import('./local-cloud.ts');
const { LOCAL_KEY, prepare, tellSample } = await import('./after-start.ts');
const { sampleMonths } = await import('./story/sample-months.ts');

const args = readArguments();
const months = sampleMonths(args.clock ?? Date.now());
const began = performance.now();
const say = (text: string) =>
  console.log(`  ${((performance.now() - began) / 1_000).toFixed(1).padStart(5)} s  ${text}`);

let stopCloud = async (): Promise<void> => undefined;
let isStopping = false;
process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));

try {
  console.log('Dunlin, local cloud');
  const cloud = await startLocalCloud({
    ...args,
    // The sample's months are over when the clock goes on to where it was asked to be.
    ...(!args.isEmpty && { clock: months.start }),
    isHeld: true,
    progress: say,
    ...(args.isVerbose && { log: (functionName, text) => console.log(`[${functionName}] ${text}`) }),
  });
  stopCloud = cloud.stop;
  void cloud.failure.then(fail);
  await prepare(cloud, args);
  say(`the console can be watched already: ${cloud.api}/`);
  if (!args.isEmpty) await tellThenGoOn(cloud, args.clock);
  cloud.ready();
  console.log(`
  ready after ${((performance.now() - began) / 1_000).toFixed(1)} s
  API               ${cloud.api}
  key               ${LOCAL_KEY}   (all scopes, source local)
  console           ${cloud.api}/
  inbox             ${cloud.api}/_local/inbox
  control           ${cloud.api}/_local
  ${stripePart(cloud)}
  AWS endpoint      ${cloud.aws.endpoint}   (AWS_ENDPOINT_URL; region ${cloud.aws.region})

  Ctrl-C stops everything.`);
} catch (error) {
  await fail(error);
}

function stripePart({ twin }: LocalCloud): string {
  if (args.sandbox === undefined) return `Stripe twin       ${twin.address}   (key sk_test_local)`;
  return `Stripe’s sandbox  ${args.sandbox.apiBase}   (by ${twin.address}; events every 3 s; real time, no sample)`;
}

/** After the sample time stands at `clock`, or runs from today. */
async function tellThenGoOn(cloud: LocalCloud, clock: Instant | undefined): Promise<void> {
  if (cloud.now() === months.start) await tellSample(cloud, months);
  else say('the sample is there from an earlier start');
  await cloud.moveTo(Math.max(clock ?? Date.now(), cloud.now()));
  if (clock === undefined) cloud.letTimeRun();
}

function readArguments() {
  try {
    const parsed = parseStartArguments(process.argv.slice(2), process.env);
    if (parsed !== undefined) return parsed;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function fail(error: unknown): Promise<void> {
  if (isStopping) return;
  console.error(`\nThe local cloud stops: ${error instanceof Error ? error.message : String(error)}`);
  if (args.isVerbose && error instanceof Error) console.error(error.stack);
  await end(1);
}

async function end(code: number): Promise<void> {
  // The second Ctrl-C does not wait.
  if (isStopping) process.exit(code === 0 ? 130 : code);
  isStopping = true;
  await stopCloud();
  process.exit(code);
}
