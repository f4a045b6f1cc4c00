import { createHash } from 'node:crypto';
import type { Parameters } from './parameters.ts';

/** The signing secrets of a stage: one parameter, separated by commas. */
export class WebhookSecrets {
  readonly #parameters: Parameters;
  readonly #name: string;

  constructor(parameters: Parameters, name: string) {
    this.#parameters = parameters;
    this.#name = name;
  }

  /** Fingerprints of those that are stored. */
  async known(): Promise<ReadonlySet<string>> {
    return new Set((await this.#read()).map(fingerprintOf));
  }

  async add(secret: string): Promise<void> {
    await this.#write([secret, ...(await this.#read())]);
  }

  /** Those of endpoints that are gone. A parameter cannot be empty: without any it goes too. */
  async drop(fingerprints: readonly (string | undefined)[]): Promise<void> {
    const before = await this.#read();
    const kept = before.filter(secret => !fingerprints.includes(fingerprintOf(secret)));
    if (kept.length === before.length) return;
    if (kept.length > 0) await this.#write(kept);
    else await this.#parameters.remove(this.#name);
  }

  async #read(): Promise<string[]> {
    const text = (await this.#parameters.read(this.#name)) ?? '';
    return text
      .split(',')
      .map(secret => secret.trim())
      .filter(secret => secret !== '');
  }

  #write(secrets: readonly string[]): Promise<void> {
    return this.#parameters.replace(this.#name, secrets.join(','));
  }
}

/** Tells secrets apart where they may be seen: in the metadata of an endpoint. */
export function fingerprintOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 16);
}
