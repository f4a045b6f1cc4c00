import * as z from 'zod';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import type { Table } from '#shared/platform/table.ts';
import type { RawPage, SourceNames } from '../pages/decode-pages.ts';

/** Ledger item `source-code#<code>` / `source`: never changes, so it is remembered for as long as the process lives. */
const SourceCode = z.object({ name: z.string() });

/** Names of sources by their codes. */
export class SourceRegistry {
  private readonly ledger: Table;
  private readonly names = new Map<string, string>();

  constructor(ledger: Table) {
    this.ledger = ledger;
  }

  /** Looks up what these pages mention; the answer knows all of them. @throws Error on an unknown code */
  async namesFor(pages: readonly RawPage[]): Promise<SourceNames> {
    const unknown = new Set<string>();
    for (const { texts } of pages) {
      for (const attribute in texts) {
        const code = codeOf(attribute);
        if (code !== undefined && !this.names.has(code)) unknown.add(code);
      }
    }
    await allInParallel([...unknown], 16, code => this.lookUp(code));
    return code => this.names.get(code) ?? unknownCode(code);
  }

  /** The code of a source that a page mentioned which was read here before; a source has one for ever. */
  codeOf(name: string): string | undefined {
    for (const [code, known] of this.names) if (known === name) return code;
    return undefined;
  }

  private async lookUp(code: string): Promise<void> {
    const source = await this.ledger.get({ pk: `source-code#${code}`, sk: 'source' }, SourceCode);
    if (source !== undefined) this.names.set(code, source.name);
  }
}

function codeOf(attribute: string): string | undefined {
  const colon = attribute.indexOf(':');
  return colon < 0 ? undefined : attribute.slice(attribute.startsWith('!') ? 1 : 0, colon);
}

function unknownCode(code: string): never {
  throw new Error(`No source has the code ${code}.`);
}
