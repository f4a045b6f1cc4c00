import * as z from 'zod';
import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';
import { LOCAL_KEY } from '../local-key.ts';

/** The product did not answer as it should. */
export class ProductRefused extends Error {
  readonly status: number;

  constructor(path: string, status: number, text: string) {
    super(`GET ${path}: ${status} ${text.slice(0, 200)}`);
    this.status = status;
  }
}

/** Reads the product's API as its operator does, with the local key. */
export class Product {
  readonly #ask: (request: PartRequest) => Promise<PartAnswer>;

  constructor(ask: (request: PartRequest) => Promise<PartAnswer>) {
    this.#ask = ask;
  }

  /** An answer as it is, of any content type. */
  pass(url: string): Promise<PartAnswer> {
    const headers = { authorization: `Bearer ${LOCAL_KEY}`, host: 'localhost' };
    return this.#ask({ method: 'GET', url, headers, body: Buffer.alloc(0) });
  }

  /** @throws ProductRefused */
  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> {
    const { status, body } = await this.pass(path);
    const text = body.toString();
    if (status !== 200) throw new ProductRefused(path, status, text);
    return schema.parse(JSON.parse(text));
  }

  /** The first `most` members of a list. */
  async list<S extends z.ZodType>(path: string, item: S, most = 500): Promise<z.infer<S>[]> {
    const Page = z.object({ items: z.array(item), next: z.string().nullish() });
    const items: z.infer<S>[] = [];
    let cursor = '';
    do {
      const page = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=500${cursor}`, Page);
      items.push(...page.items);
      cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : '';
    } while (cursor !== '' && items.length < most);
    return items.slice(0, most);
  }
}
