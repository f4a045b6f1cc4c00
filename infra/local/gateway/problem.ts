import { jsonAnswer, type PartAnswer } from './exchange.ts';

/** A refusal as RFC 9457 shapes it. */
export function problem(status: number, code: string, detail: string): PartAnswer {
  return jsonAnswer(status, { type: 'about:blank', title: code, status, code, detail }, 'application/problem+json');
}
