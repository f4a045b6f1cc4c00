import * as z from 'zod';
import { jsonAnswer, type PartAnswer, type PartRequest } from '../gateway/exchange.ts';
import { isTestKey, type Sandbox } from './sandbox.ts';

/** What everybody here calls the twin with. */
const LOCAL_KEY = 'sk_test_local';
const NOT_PASSED = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'host',
  'expect',
  'accept-encoding',
];
const NOT_GIVEN_BACK = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding'];

/** Takes requests to the sandbox: with its key in the place of the local one, and never with a live key. */
export class SandboxProxy {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async send({ method, url, headers, body }: PartRequest): Promise<PartAnswer> {
    const [, key = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    if (!isTestKey(key)) return refusal('Only test keys go from the local cloud to Stripe.');
    const passed = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || NOT_PASSED.includes(name) ? [] : [[name, String(value)]],
    );
    const answer = await fetch(`${this.#sandbox.apiBase}${url}`, {
      method,
      headers: {
        ...Object.fromEntries(passed),
        authorization: `Bearer ${key === LOCAL_KEY ? this.#sandbox.key : key}`,
      },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
      redirect: 'manual',
    });
    const given = [...answer.headers].filter(([name]) => !NOT_GIVEN_BACK.includes(name));
    return { status: answer.status, headers: Object.fromEntries(given), body: Buffer.from(await answer.arrayBuffer()) };
  }

  /** What the sandbox answers to a question. @throws a sentence when it cannot be asked, or refuses */
  async read<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> {
    const { key, apiBase } = this.#sandbox;
    const answer = await fetch(`${apiBase}${path}`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(20_000),
    }).catch((cause: unknown) => {
      throw new Error(`Stripe's sandbox cannot be reached at ${apiBase}.`, { cause });
    });
    const content: unknown = await answer.json();
    if (answer.ok) return schema.parse(content);
    const { error } = Refused.parse(content);
    throw new Error(`Stripe's sandbox refuses ${path.split('?')[0]}: ${error.message}`);
  }
}

const Refused = z.object({ error: z.object({ message: z.string() }) });

function refusal(message: string): PartAnswer {
  return jsonAnswer(401, { error: { type: 'invalid_request_error', message } });
}
