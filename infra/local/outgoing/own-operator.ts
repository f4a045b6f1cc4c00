import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';
import type { OperatorDesk } from '../gateway/operator-stub.ts';

/** Of the connection; the address is the endpoint's whole one. */
const NOT_PASSED_ON = ['host', 'connection', 'content-length', 'transfer-encoding'];
const PATIENCE_MS = 10_000;

/**
 * Posts to the operator's own endpoint, word for word as a stage would, and answers what it answers. What it took is
 * recorded in the local inbox too. The signature has domain time: an endpoint that checks its age needs the same clock.
 */
export function elsewhere(address: string, recorder: { answer(request: PartRequest): PartAnswer }): OperatorDesk {
  return {
    async answer(request) {
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) {
        if (value !== undefined && !NOT_PASSED_ON.includes(name)) headers.set(name, [value].flat().join(', '));
      }
      const { method } = request;
      const body = new Uint8Array(request.body);
      const answer = await fetch(address, { method, headers, body, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
        () => undefined,
      );
      if (answer === undefined) return undefined;
      if (answer.ok) recorder.answer(request);
      const type = answer.headers.get('content-type') ?? 'text/plain';
      return {
        status: answer.status,
        headers: { 'content-type': type },
        body: Buffer.from(await answer.arrayBuffer()),
      };
    },
  };
}
