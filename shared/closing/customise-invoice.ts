import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import { formatsOf } from '#shared/locale/formats.ts';
import { type Period, printInstant } from '#shared/platform/instant.ts';

/** What the provider's invoice says of where its numbers come from. */
export interface Customisation {
  readonly memo: string;
  /** At most four. */
  readonly fields: readonly InvoiceField[];
  /** Not printed. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface InvoiceField {
  readonly name: string;
  readonly value: string;
}

export interface InvoiceFacts {
  readonly account: Pick<AccountItem, 'account' | 'name' | 'locale' | 'currency' | 'timezone'>;
  /** The regular period. */
  readonly start: Period['start'];
  /** What is billed of it. */
  readonly billed: Period;
  /** What it was billed from; `undefined` while that is still open. */
  readonly frozen: { readonly records: number; readonly manifest: string; readonly digest: string } | undefined;
}

// Lengths that Stripe takes: docs.stripe.com/api/invoices/update (description, custom_fields) and
// docs.stripe.com/api/metadata (values).
const MEMO = 1_500;
const FIELD_NAME = 40;
const FIELD_VALUE = 140;
const TAG = 500;

/** Of 64 hexadecimal digits: enough to tell bills apart, short enough to be read out. */
const SHORT_DIGEST = 16;

/** The same facts give the same customisation; what is too long is cut. */
export function customiseInvoice({ account, start, billed, frozen }: InvoiceFacts): Customisation {
  const words = textsOf(account.locale).invoice;
  const days = formatsOf(account.locale, account.currency, account.timezone).span(billed);
  return {
    memo: cut(words.memo(account.name, days), MEMO),
    fields: [
      field(words.account, account.account),
      field(words.period, days),
      ...(frozen === undefined
        ? []
        : [field(words.records, String(frozen.records)), field(words.proof, frozen.digest.slice(0, SHORT_DIGEST))]),
    ],
    tags: {
      dunlin_account: cut(account.account, TAG),
      dunlin_period: printInstant(start),
      ...(frozen && { dunlin_manifest: cut(frozen.manifest, TAG), dunlin_digest: cut(frozen.digest, TAG) }),
    },
  };
}

function field(name: string, value: string): InvoiceField {
  return { name: cut(name, FIELD_NAME), value: cut(value, FIELD_VALUE) };
}

/** At most so many UTF-16 units, never half a character. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let fitting = '';
  for (const character of text) {
    if (fitting.length + character.length >= most) break;
    fitting += character;
  }
  return `${fitting}…`;
}
