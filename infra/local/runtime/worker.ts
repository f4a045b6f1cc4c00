import { pathToFileURL } from 'node:url';
import { Worker as Thread } from 'node:worker_threads';
import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';
import type { DoorName } from '../gateway/gateways.ts';
import type { FunctionSpec } from './function-spec.ts';
import type { CallAnswer, Invocation, ThreadCall, ThreadReport, ThreadSettings } from './thread-messages.ts';

/** Why an invocation gave no result. */
export class InvocationFailed extends Error {
  readonly reason: 'threw' | 'crashed' | 'timed-out' | 'too-large' | 'throttled';

  constructor(reason: InvocationFailed['reason'], message: string) {
    super(message);
    this.name = 'InvocationFailed';
    this.reason = reason;
  }
}

export interface WorkerOptions {
  /** File URL of what the thread runs. */
  readonly program: URL;
  readonly clock: SharedArrayBuffer;
  readonly environment: Record<string, string>;
  readonly doors: Readonly<Record<DoorName, string>>;
  /** What is behind its doors; `undefined`: the connection breaks. */
  readonly answer: (door: DoorName, request: PartRequest) => Promise<PartAnswer | undefined>;
  readonly log: (text: string) => void;
}

/** A function's execution environment: one thread with an environment of its own. Dies for good when it dies. */
export class Worker {
  readonly #spec: FunctionSpec;
  readonly #thread: Thread;
  /** Rejects with `InvocationFailed` when it does not start. */
  readonly ready: Promise<void>;
  readonly #gone: Promise<number>;
  #alive = true;
  #listener: ((report: ThreadReport) => void) | undefined;
  #failure: Error | undefined;

  constructor(spec: FunctionSpec, options: WorkerOptions) {
    this.#spec = spec;
    const [file = '', exportName = ''] = spec.handler.split('.');
    const settings: ThreadSettings = {
      clock: options.clock,
      module: pathToFileURL(`${spec.directory}/${file}.mjs`).href,
      exportName,
      functionName: spec.functionName,
      functionArn: spec.arn,
      memoryMb: spec.memoryMb,
      doors: options.doors,
    };
    this.#thread = new Thread(options.program, {
      workerData: settings,
      env: options.environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      // Small: what an invocation leaves behind is soon dead, and every thread has such a space.
      resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb, maxYoungGenerationSizeMb: 4 },
    });
    for (const stream of [this.#thread.stdout, this.#thread.stderr]) {
      stream.on('data', chunk => options.log(String(chunk).trimEnd()));
    }
    this.#thread.on('error', error => {
      this.#failure = error;
    });
    this.#thread.on('message', (said: ThreadReport | ThreadCall) => {
      if (said.kind === 'call') void this.#carry(said, options.answer);
      else this.#listener?.(said);
    });
    this.#gone = new Promise(resolve => {
      this.#thread.once('exit', code => {
        this.#alive = false;
        resolve(code);
      });
    });
    this.ready = this.#next().then(report => {
      if (report.kind !== 'not-started') return;
      void this.kill();
      throw new InvocationFailed('crashed', `${spec.name} does not start: ${report.message}`);
    });
    // Heard by the first invocation; until then nobody listens.
    this.ready.catch(() => undefined);
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  /** How long it has worked so far, without waiting. */
  get busyMs(): number {
    return this.#thread.performance.eventLoopUtilization().active;
  }

  /** The returned JSON. Throws `InvocationFailed`; after a time-out or crash the worker is dead. */
  async invoke(requestId: string, event: string): Promise<string> {
    await this.ready;
    const timeoutMs = this.#spec.timeoutSeconds * 1_000;
    const outcome = this.#next();
    const invocation: Invocation = { kind: 'invoke', requestId, event, timeoutMs };
    this.#thread.postMessage(invocation);
    let timer: NodeJS.Timeout | undefined;
    const timedOut = new Promise<'timed-out'>(resolve => {
      timer = setTimeout(() => resolve('timed-out'), timeoutMs);
    });
    const report = await Promise.race([outcome, timedOut]).finally(() => clearTimeout(timer));
    if (report === 'timed-out') {
      await this.kill();
      throw new InvocationFailed('timed-out', `${this.#spec.name} timed out after ${this.#spec.timeoutSeconds} s.`);
    }
    if (report.kind === 'returned') return report.payload;
    throw new InvocationFailed(
      'threw',
      report.kind === 'threw' ? report.message : `${this.#spec.name} said ${report.kind}.`,
    );
  }

  async kill(): Promise<void> {
    // At once, not when the thread has ended: nothing may be given to it any more.
    this.#alive = false;
    await this.#thread.terminate();
  }

  /** Whoever is dead is not heard any more, and hears nothing. */
  async #carry({ id, door, ...request }: ThreadCall, answer: WorkerOptions['answer']): Promise<void> {
    if (!this.#alive) return;
    const { method, url, headers, body } = request;
    const given = await answer(door, { method, url, headers, body: bufferOf(body) }).catch(() => undefined);
    if (!this.#alive) return;
    const told: CallAnswer = { kind: 'answer', id, ...(given && { answer: carried(given) }) };
    this.#thread.postMessage(told);
  }

  /** The next report, or the thread's death. */
  #next(): Promise<ThreadReport> {
    const reported = new Promise<ThreadReport>(resolve => {
      this.#listener = resolve;
    });
    const died = this.#gone.then((code): never => {
      const why = this.#failure === undefined ? `exit code ${code}` : (this.#failure.stack ?? this.#failure.message);
      throw new InvocationFailed('crashed', `${this.#spec.name} died: ${why}`);
    });
    died.catch(() => undefined);
    return Promise.race([reported, died]);
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function carried({ status, headers, body }: PartAnswer): NonNullable<CallAnswer['answer']> {
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { status, headers: { 'content-length': String(body.length), ...Object.fromEntries(texts) }, body };
}
