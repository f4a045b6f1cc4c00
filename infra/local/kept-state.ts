import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Instant, parseInstant, printInstant } from '#shared/platform/instant.ts';

/** Where `--data` keeps what must survive a restart. */
export class KeptState {
  readonly tables: string;
  readonly queues: string;
  readonly buckets: string;
  readonly stripe: string;
  /** In the place of the former where Stripe's sandbox is used. */
  readonly sandbox: string;
  readonly parameters: string;
  readonly outgoing: string;
  readonly #clock: string;
  readonly #owner: string;

  constructor(directory: string) {
    const root = resolve(directory);
    mkdirSync(root, { recursive: true });
    this.tables = join(root, 'tables.ndjson');
    this.queues = join(root, 'queues.ndjson');
    this.buckets = join(root, 'buckets');
    this.stripe = join(root, 'stripe.json');
    this.sandbox = join(root, 'stripe-sandbox.json');
    this.parameters = join(root, 'parameters.json');
    this.outgoing = join(root, 'outgoing.ndjson');
    this.#clock = join(root, 'clock');
    this.#owner = join(root, 'owner');
    this.#take(root);
  }

  /** Two local clouds over one folder would be two Stripes over one ledger. @throws a sentence while another one runs */
  #take(root: string): void {
    const owner = existsSync(this.#owner) ? Number(readFileSync(this.#owner, 'utf8')) : undefined;
    if (owner !== undefined && owner !== process.pid && isRunning(owner)) {
      throw new Error(
        `--data: the local cloud with process id ${owner} is using ${root}. Stop it, or give another folder.`,
      );
    }
    writeFileSync(this.#owner, String(process.pid));
  }

  /** Lets another local cloud have the folder. */
  release(): void {
    rmSync(this.#owner, { force: true });
  }

  /** What is kept names customers and prices at one Stripe. @throws a sentence when that was the other one */
  mustBeOf(isSandbox: boolean): void {
    if (!existsSync(this.tables) || existsSync(this.sandbox) === isSandbox) return;
    const [kept, wanted] = isSandbox
      ? ['the Stripe twin', "Stripe's sandbox"]
      : ["Stripe's sandbox", 'the Stripe twin'];
    throw new Error(`What --data keeps belongs to ${kept}; for ${wanted} give another folder.`);
  }

  /** Domain time when the last run ended. */
  lastNow(): Instant | undefined {
    return existsSync(this.#clock) ? parseInstant(readFileSync(this.#clock, 'utf8').trim()) : undefined;
  }

  keepNow(now: Instant): void {
    writeFileSync(this.#clock, `${printInstant(now)}\n`);
  }
}

/** A process that was killed leaves its id behind; the signal 0 only asks. */
function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
