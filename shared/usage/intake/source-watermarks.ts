import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';

/** `source-watermark#<name>` / `watermark`: start of the newest slot that the source has reported usage of. */
const Watermark = z.object({ through: StoredInstant });
/**
 * How far each source has reported. By slots of a quarter of an hour, which stand on a batch's pages: so nothing has to
 * be read of its records, a source costs at most four writes an hour and process, and the ends of periods, which lie on
 * full hours, are seen exactly.
 */
export class SourceWatermarks {
  readonly #ledger: Table;
  /** What this process knows to be in the ledger. */
  readonly #known = new Map<string, Instant>();

  constructor(ledger: Table) {
    this.#ledger = ledger;
  }

  /** Never goes back: of several that report at once the furthest stays. */
  async advance(source: string, through: Instant): Promise<void> {
    if (through <= (this.#known.get(source) ?? Number.NEGATIVE_INFINITY)) return;
    const { through: text } = z.encode(Watermark, { through });
    const condition = {
      expression: 'attribute_not_exists(#through) OR #through < :through',
      names: { '#through': 'through' },
      values: { ':through': text },
    };
    await this.#ledger.update(keyOf(source), { set: { through: text } }, condition);
    this.#known.set(source, through);
  }

  /** `undefined`: it has never posted usage. Strongly consistent. */
  async read(source: string): Promise<Instant | undefined> {
    return (await this.#ledger.get(keyOf(source), Watermark))?.through;
  }
}

function keyOf(source: string): Key {
  return { pk: `source-watermark#${source}`, sk: 'watermark' };
}
