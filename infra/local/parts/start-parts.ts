import type { StripeTwin, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { currentAssembly } from '../assembly/current-assembly.ts';
import type { KeptState } from '../kept-state.ts';
import { startTables, type TablesPart } from './start-tables.ts';

export interface Parts {
  readonly tables: TablesPart;
  readonly twin: StripeTwin;
  /** Folder of the cloud assembly. */
  readonly assembly: string;
}

/** What was started and has to be stopped, last first. */
export class Started {
  readonly #stops: (() => Promise<void>)[] = [];

  readonly add = <P extends { readonly stop: () => Promise<void> }>(part: P): P => {
    this.#stops.push(() => part.stop());
    return part;
  };

  async stop(): Promise<void> {
    for (const stopPart of this.#stops.splice(0).reverse()) await stopPart();
  }
}

/** Starts the parts while the templates are made. If one fails, the others are stopped by `started`. */
export async function startParts(options: {
  started: Started;
  now: () => Instant;
  seed: string;
  kept: KeptState | undefined;
  assembly: string | undefined;
  startStripe: typeof startStripeTwin | undefined;
  progress: (text: string) => void;
  failed: (error: unknown) => void;
}): Promise<Parts> {
  const { started, now, seed, kept } = options;
  const [assembly, tables, twin] = await Promise.allSettled([
    options.assembly ?? synthesized(options.progress),
    startTables({ ...(kept && { file: kept.tables }), died: options.failed }).then(started.add),
    twinStarter(options.startStripe)
      .then(start => start({ now, seed, ...(kept && { dataFile: kept.stripe }) }))
      .then(started.add),
  ]);
  return { assembly: outcomeOf(assembly), tables: outcomeOf(tables), twin: outcomeOf(twin) };
}

/** Loaded while the other parts start. */
async function twinStarter(given: typeof startStripeTwin | undefined): Promise<typeof startStripeTwin> {
  return given ?? (await import('#infra/stripe-twin/stripe-twin.ts')).startStripeTwin;
}

async function synthesized(progress: (text: string) => void): Promise<string> {
  const { directory, isNew } = await currentAssembly();
  progress(isNew ? 'stacks synthesized' : 'stacks as synthesized before');
  return directory;
}

function outcomeOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
