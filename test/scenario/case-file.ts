import * as z from 'zod';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import { minute } from './mailbox.ts';

const Dunning = z.object({
  state: z.string(),
  debt: z.array(z.object({ number: z.string(), amount: z.string(), currency: z.string() })),
  next: z.object({ at: z.string(), action: z.string() }).nullable(),
  restrictions: z.array(z.string()),
  history: z.array(
    z.object({
      at: z.string(),
      what: z.string(),
      step: z.string().optional(),
      detail: z.record(z.string(), z.string()),
    }),
  ),
});

/** An account's dunning in the few words that a story asserts. */
export class CaseFile {
  readonly #prepared: PreparedCloud;

  constructor(prepared: PreparedCloud) {
    this.#prepared = prepared;
  }

  /** `open 114.00 SEK, throttle at 12-09 07:00`, `closed`; measures in force in brackets. */
  async standing(account: string): Promise<string> {
    const { state, debt, next, restrictions } = await this.#read(account);
    const owed = debt.map(({ amount, currency }) => ` ${amount} ${currency}`).join(' +');
    const coming = next === null ? '' : `, ${next.action} at ${minute(next.at)}`;
    const measures = restrictions.length === 0 ? '' : ` [${restrictions.join(', ')}]`;
    return `${state}${owed}${coming}${measures}`;
  }

  /** Oldest first: `12-09 07:00 service slow throttle`. */
  async history(account: string): Promise<string[]> {
    const { history } = await this.#read(account);
    return history.map(({ at, what, step, detail: { text, service, amount, currency, reason, as } }) => {
      const words = [minute(at), what, step === what ? undefined : step, text, service, amount, currency, reason, as];
      return words.filter(word => word !== undefined).join(' ');
    });
  }

  async #read(account: string): Promise<z.infer<typeof Dunning>> {
    return Dunning.parse((await this.#prepared.operator.get(`/v1/accounts/${account}/dunning`)).body);
  }
}
