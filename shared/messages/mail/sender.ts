import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { Brand } from '#shared/catalog/brand.ts';
import { inLanguage, type Names } from '#shared/catalog/names.ts';
import { linesFor } from '#shared/locale/address.ts';

/** Who writes to an account, in the account's language. */
export interface Sender {
  readonly name: string;
  /** Six digits; `accentText` can be read on `accent`. */
  readonly colours: { readonly accent: string; readonly accentText: string };
  /** Address of a picture that mail programs can fetch. */
  readonly logo: string | undefined;
  readonly contacts: { readonly phone?: string; readonly mail?: string; readonly web?: string };
  /** `undefined`: nothing is charged for paying late. */
  readonly lateFee: string | undefined;
  /** Company, register, seat, address; as lines. */
  readonly legal: readonly string[];
}

const HOUSE_COLOURS = { accent: '#0b5c7a', accentText: '#ffffff' };

/** `Dunlin Mobile <billing@example.com>`. */
export function parseMailFrom(mailFrom: string): { readonly name: string; readonly address: string } {
  const [, name, address] = /^\s*"?([^<>"]*?)"?\s*<([^<>]+)>\s*$/.exec(mailFrom) ?? [];
  if (address === undefined) return { name: '', address: mailFrom.trim() };
  return { name: name ?? '', address };
}

/** Without a brand the operator's mails speak in the name that they come from. */
export function senderOf(
  brand: Brand | undefined,
  account: Pick<AccountItem, 'locale' | 'address'>,
  mailFrom: string,
): Sender {
  if (brand === undefined) {
    const name = parseMailFrom(mailFrom).name || 'Dunlin';
    return { name, colours: HOUSE_COLOURS, logo: undefined, contacts: {}, lateFee: undefined, legal: [] };
  }
  const { name, colours, contacts } = brand;
  const say = (names: Names | null | undefined) => (names ? inLanguage(names, account.locale) : undefined);
  const inCountry = account.address && brand.countries[account.address.country];
  const legal = [say(inCountry?.legal ?? brand.legal), linesFor(brand.address, account.locale).join(', ')];
  return {
    name,
    colours,
    logo: brand.mailLogo ?? undefined,
    contacts: {
      ...(contacts.phone !== null && { phone: contacts.phone }),
      ...(contacts.email !== null && { mail: contacts.email }),
      ...(contacts.web !== null && { web: contacts.web }),
    },
    lateFee: say(brand.lateFee),
    legal: legal.flatMap(line => line || []),
  };
}
