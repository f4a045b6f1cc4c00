import type { CallCarrier } from './call-carrier.ts';

/** Statuses whose answers have no body (fetch.spec.whatwg.org/#null-body-status). */
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);

/** Makes `fetch` of this thread carry requests to the doors; any other goes through a socket as ever. */
export function carryFetch(carrier: CallCarrier): void {
  globalThis.fetch = new Proxy(fetch, {
    apply: async (target, self, args: Parameters<typeof fetch>) => {
      const [input, init] = args;
      const { host } = new URL(input instanceof Request ? input.url : input);
      const door = carrier.doorAt(host);
      if (door === undefined) return Reflect.apply(target, self, args);
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      const body = new Uint8Array(await request.arrayBuffer());
      const headers = { host, ...Object.fromEntries(request.headers) };
      const sent = carrier.send({ door, method: request.method, url: pathname + search, headers, body });
      const answer = await Promise.race([sent, aborted(request.signal)]);
      if (answer === undefined) throw new TypeError('fetch failed', { cause: new Error('other side closed') });
      const content = WITHOUT_BODY.has(answer.status) ? null : new Uint8Array(answer.body);
      return new Response(content, { status: answer.status, headers: { ...answer.headers } });
    },
  });
}

/** Rejects with the signal's reason. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
