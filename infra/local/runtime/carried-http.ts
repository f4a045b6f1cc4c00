import http, { type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { clearTimeout, setTimeout } from 'node:timers';
import type { DoorName } from '../gateway/gateways.ts';
import type { CallCarrier, CarriedAnswer } from './call-carrier.ts';

/** SDKs look at the socket of a request; this one stands for all that need none. */
const NO_SOCKET = new Socket().setMaxListeners(0);

/** Makes `http.request` of this thread carry requests to the doors; any other goes through a socket as ever. */
export function carryHttp(carrier: CallCarrier): void {
  http.request = new Proxy(http.request, {
    apply(target, self, args: unknown[]) {
      const [options, callback] = args;
      const door = isOptions(options)
        ? carrier.doorAt(`${options.host ?? options.hostname}:${options.port}`)
        : undefined;
      if (!isOptions(options) || door === undefined) return Reflect.apply(target, self, args);
      const request = new CarriedClientRequest(carrier, door, options);
      if (isListener(callback)) request.once('response', callback);
      return request;
    },
  });
  syncBuiltinESMExports();
}

function isOptions(value: unknown): value is RequestOptions {
  return typeof value === 'object' && value !== null && !(value instanceof URL);
}

function isListener(value: unknown): value is (response: CarriedResponse) => void {
  return typeof value === 'function';
}

/** As much of Node's `ClientRequest` as clients use. */
class CarriedClientRequest extends Writable {
  readonly #carrier: CallCarrier;
  readonly #door: DoorName;
  readonly #options: RequestOptions;
  readonly #headers = new Map<string, string>();
  readonly #chunks: Buffer[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly socket = NO_SOCKET;

  constructor(carrier: CallCarrier, door: DoorName, options: RequestOptions) {
    // It lives until it is answered, not until it is written.
    super({ autoDestroy: false });
    this.#carrier = carrier;
    this.#door = door;
    this.#options = options;
    this.setHeader('host', `${options.host ?? options.hostname}:${options.port}`);
    for (const [name, value] of Object.entries(options.headers ?? {}))
      if (value !== undefined) this.setHeader(name, value);
    process.nextTick(() => {
      this.emit('socket', NO_SOCKET);
      if (this.#headers.get('expect') === '100-continue') this.emit('continue');
    });
  }

  setHeader(name: string, value: number | string | readonly string[]): this {
    this.#headers.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value));
    return this;
  }

  getHeader(name: string): string | undefined {
    return this.#headers.get(name.toLowerCase());
  }

  setTimeout(milliseconds: number, callback?: () => void): this {
    if (callback !== undefined) this.once('timeout', callback);
    clearTimeout(this.#timer);
    this.#timer = milliseconds > 0 ? setTimeout(() => this.emit('timeout'), milliseconds) : undefined;
    return this;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  override _final(done: () => void): void {
    done();
    const { method = 'GET', path } = this.#options;
    const request = {
      door: this.#door,
      method,
      url: path ?? '/',
      headers: Object.fromEntries(this.#headers),
      body: Buffer.concat(this.#chunks),
    };
    void this.#carrier.send(request).then(answer => this.#answered(answer));
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    done(error);
  }

  #answered(answer: CarriedAnswer | undefined): void {
    clearTimeout(this.#timer);
    if (this.destroyed) return;
    if (answer === undefined) {
      this.destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      return;
    }
    const response = new CarriedResponse(answer);
    response.once('close', () => this.destroy());
    // As Node does: an answer that nobody waits for is read to its end.
    if (!this.emit('response', response)) response.resume();
  }
}

/** As much of Node's `IncomingMessage` as clients use. */
class CarriedResponse extends Readable {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: Record<string, string>;
  readonly complete = true;
  readonly socket = NO_SOCKET;

  constructor({ status, headers, body }: CarriedAnswer) {
    super({ read: () => undefined });
    this.statusCode = status;
    this.statusMessage = http.STATUS_CODES[status] ?? '';
    this.headers = { ...headers };
    this.push(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
    this.push(null);
  }
}
