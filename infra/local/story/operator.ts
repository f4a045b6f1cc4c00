import * as z from 'zod';

/** What an operator's systems do: call the API with a key. Nothing here knows the inside of the local cloud. */
export class Operator {
  readonly #api: string;
  readonly #key: string;

  constructor(api: string, key: string) {
    this.#api = api;
    this.#key = key;
  }

  /** Where a path of the API is to be found. */
  address(path: string): string {
    return `${this.#api}${path}`;
  }

  put<S extends z.ZodType>(path: string, body: unknown, answer: S): Promise<z.infer<S>> {
    return this.#call('PUT', path, answer, body);
  }

  post<S extends z.ZodType>(path: string, body: unknown, answer: S): Promise<z.infer<S>> {
    return this.#call('POST', path, answer, body);
  }

  get<S extends z.ZodType>(path: string, answer: S): Promise<z.infer<S>> {
    return this.#call('GET', path, answer);
  }

  /** A list to its end. */
  async *list<S extends z.ZodType>(path: string, item: S): AsyncGenerator<z.infer<S>> {
    const Page = z.object({ items: z.array(item), next: z.string().nullish() });
    let cursor = '';
    do {
      const page = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=500${cursor}`, Page);
      yield* page.items;
      cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : '';
    } while (cursor !== '');
  }

  async #call<S extends z.ZodType>(method: string, path: string, answer: S, body?: unknown): Promise<z.infer<S>> {
    const response = await fetch(`${this.#api}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // 422 on posted usage is an answer with its verdict per record, as 202 is.
    if (!response.ok && response.status !== 422) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const parsed = answer.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error(`${method} ${path} answered ${response.status} ${text}`);
    return parsed.data;
  }
}
