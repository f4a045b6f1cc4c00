import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { Brand } from '#shared/catalog/brand.ts';
import { disputeBodyOf } from '#shared/catalog/dispute-bodies.ts';
import { inLanguage, type Names } from '#shared/catalog/names.ts';
import { linesFor } from '#shared/locale/address.ts';
import type { BillTexts } from '../texts/bill-texts.ts';
import type { BillSeller } from './bill-document.ts';

type Subscriber = Pick<AccountItem, 'locale' | 'address'> & {
  /** A company: the law of consumers is not its. */
  readonly isBusiness?: boolean | undefined;
};

/**
 * Who sells, as a bill says it in the subscriber's language and country. Without a brand only the name that the
 * provider has for the operator.
 */
export function sellerOf(
  brand: Brand | undefined,
  account: Subscriber,
  name: string,
  texts: Pick<BillTexts, 'disputesBody'>,
): BillSeller {
  if (brand === undefined) {
    return {
      name,
      brand: null,
      legal: null,
      address: [],
      logo: null,
      colours: null,
      contacts: { phone: null, email: null, web: null },
      disputes: account.isBusiness ? null : bodyOf(account, texts),
      lateFee: null,
      links: { terms: null, privacy: null, help: null },
    };
  }
  const { locale, address } = account;
  const countryTexts = address === undefined ? undefined : brand.countries[address.country];
  const said = (names: Names | null) => (names === null ? null : (inLanguage(names, locale) ?? null));
  return {
    name: brand.name,
    brand: brand.id,
    legal: said(countryTexts?.legal ?? brand.legal),
    address: linesFor(brand.address, locale),
    logo: brand.logo,
    colours: brand.colours,
    contacts: brand.contacts,
    disputes: account.isBusiness
      ? said(countryTexts?.businessDisputes ?? brand.businessDisputes)
      : (said(countryTexts?.disputes ?? brand.disputes) ?? bodyOf(account, texts)),
    lateFee: said(brand.lateFee),
    links: brand.links,
  };
}

/** In the subscriber's country. */
function bodyOf({ locale, address }: Subscriber, texts: Pick<BillTexts, 'disputesBody'>): string | null {
  const body = address && disputeBodyOf(address.country);
  const name = body && inLanguage(body, locale);
  return name === undefined ? null : texts.disputesBody(name);
}
