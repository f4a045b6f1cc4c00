import type { BillDocument, BillSeller } from '../document/bill-document.ts';
import type { BillWords } from './bill-words.ts';
import type { Standing } from './standing.ts';
import { howToPay } from './standing-text.ts';
import type { TransferView } from './transfer-view.ts';

export interface FootView {
  readonly title: string;
  readonly text: string;
  readonly links?: readonly LinkView[];
  readonly code?: string;
  readonly transfer?: TransferView;
}

export interface LinkView {
  readonly label: string;
  readonly href: string;
  /** On paper, where there is nothing to press. */
  readonly printed: string;
}

interface FootState {
  readonly standing: Standing;
  /** To pay with: pages have one while something is open, papers never. */
  readonly hasButton: boolean;
  readonly transfer: TransferView | undefined;
}

/** How to pay, what a late payment costs, whom to ask, where to complain, who sells, and the proof. */
export function footView(
  bill: BillDocument,
  words: BillWords,
  { standing, hasButton, transfer }: FootState,
): FootView[] {
  const { seller } = bill;
  const { texts, formats } = words;
  const how = howToPay(standing, words, { hasButton, hasTransfer: transfer !== undefined });
  const disputes = [texts.disputesText, seller.disputes].filter(text => text !== null).join(' ');
  // A line of the address stays together: `211 42` is one number.
  const address = seller.address.map(line => (line.length > 30 ? line : line.replaceAll(' ', '\u00a0'))).join(', ');
  const legal = [seller.legal, address === '' ? null : address];
  const sold = legal.filter(text => text !== null).join('. ');
  const links = linksOf(seller, { texts });
  return [
    ...(how === undefined ? [] : [{ title: texts.howToPay, text: how, ...(transfer !== undefined && { transfer }) }]),
    ...(how === undefined || seller.lateFee === null ? [] : [{ title: texts.latePayment, text: seller.lateFee }]),
    { title: texts.questions, text: texts.questionsText(bill.number), links: contactsOf(seller) },
    { title: texts.disputes, text: disputes },
    ...(sold === '' && links.length === 0 ? [] : [{ title: texts.seller, text: sold, links }]),
    { title: texts.proof, text: texts.proofText(formats.number(bill.proof.records)), code: bill.proof.digest },
  ];
}

function contactsOf({ contacts: { phone, email, web } }: BillSeller): LinkView[] {
  return [
    ...(phone === null ? [] : [{ label: phone, href: `tel:${phone.replaceAll(/[^+\d]/g, '')}`, printed: phone }]),
    ...(email === null ? [] : [{ label: email, href: `mailto:${email}`, printed: email }]),
    ...(web === null ? [] : [{ label: addressOf(web), href: web, printed: addressOf(web) }]),
  ];
}

function linksOf({ links }: BillSeller, { texts }: Pick<BillWords, 'texts'>): LinkView[] {
  const named = [
    [texts.terms, links.terms],
    [texts.privacy, links.privacy],
    [texts.help, links.help],
  ] as const;
  return named.flatMap(([label, href]) =>
    href === null ? [] : [{ label, href, printed: `${label} (${addressOf(href)})` }],
  );
}

/** As people write it. */
function addressOf(url: string): string {
  return url.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '');
}
