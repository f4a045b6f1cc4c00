import type { PartAnswer } from '../gateway/exchange.ts';

/** What a reader sees: a page, or a mail's part by itself. */
export function textAnswer(text: string, type: string): PartAnswer {
  return {
    status: 200,
    // A mail program runs no scripts either.
    headers: { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': "script-src 'none'" },
    body: Buffer.from(text),
  };
}
