import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';
import { Forwarder } from '../gateway/forward.ts';
import { listen } from '../gateway/listen.ts';
import { Journal } from '../tables/journal.ts';
import { TableEngine } from '../tables/table-engine.ts';
import { type Part, startDynamoDb } from './dynamodb.ts';

/** DynamoDB, whoever plays it. */
export interface TablesPart extends Part {
  /** `author` is who asks; what he changes is told with his name. */
  readonly send: (request: PartRequest, author?: string) => Promise<PartAnswer>;
  /** The one in this process; absent where another plays DynamoDB. */
  readonly engine?: TableEngine;
}

/**
 * The tables in this process; dynoxide with `DUNLIN_TABLES=dynoxide`; a DynamoDB of the developer's own with
 * `DYNAMODB_ENDPOINT`. `file` keeps their state over restarts; `died` hears when dynoxide stops by itself.
 */
export async function startTables(
  options: { file?: string; died?: (error: Error) => void } = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<TablesPart> {
  const { DYNAMODB_ENDPOINT: own = '', DUNLIN_TABLES: player = '' } = env;
  if (own !== '') return reached({ name: 'dynamodb', version: own, address: own, stop: async () => undefined });
  if (player === 'dynoxide') {
    const onExit = (code: number | null) =>
      options.died?.(new Error(`The embedded DynamoDB stopped (${code === null ? 'killed' : `exit code ${code}`}).`));
    return reached(await startDynamoDb({ ...(options.file !== undefined && { file: options.file }), onExit }));
  }
  if (player !== '') throw new Error(`DUNLIN_TABLES: "${player}" is not known; "dynoxide" is.`);
  const engine = new TableEngine(options.file === undefined ? undefined : new Journal(options.file));
  const send = (request: PartRequest, author?: string) => engine.send(request, author);
  // For those who look at the tables with an SDK. Functions' calls do not come this way.
  const { address, stop } = await listen({ answer: request => send(request), now: Date.now });
  return { name: 'dynamodb', version: 'in this process', address, stop, send, engine };
}

function reached(part: Part): TablesPart {
  const line = new Forwarder(part.address);
  return {
    ...part,
    send: request => line.send(request),
    stop: async () => {
      line.close();
      await part.stop();
    },
  };
}
