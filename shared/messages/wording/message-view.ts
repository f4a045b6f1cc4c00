import type { AccountItem } from '#shared/accounts/records/account-item.ts';

import { type Formats, firstOfMonth, formatsOf } from '#shared/locale/formats.ts';
import { LOCALE_TAGS, type Locale } from '#shared/locale/locales.ts';
import { decimal, isZero } from '#shared/money/decimal.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';
import { wallAt } from '#shared/platform/time-zones.ts';
import type { BankAccount } from '#shared/transfer/bank-account.ts';
import type { Sender } from '../mail/sender.ts';
import type { BillContent, DebtContent, MessageContent } from '../order/message-content.ts';
import type { MessageTexts, SaidBill, SaidDebt, SaidPeriod, Wording } from './texts/message-texts.ts';
import { messageTextsOf } from './texts/message-texts-of.ts';
import { withOwnWording } from './texts/own-message-texts.ts';
import { type OpenBill, type TransferDetails, transferDetails } from './transfer-details.ts';

/** Absolute addresses for one message; the same ones whenever it is made again. */
export interface MessageLinks {
  bill(account: string, bill: string): string;
  /** The bill's PDF for the print house, which cannot enter a code. */
  letter(account: string, bill: string): string;
  pay(account: string, invoice: string): string;
  card(account: string): string;
}

/** A message in words, before it gets the form of a mail, a text message or a letter. */
export interface MessageView {
  readonly locale: Locale;
  readonly sender: Sender;
  readonly subject: string;
  readonly preheader: string;
  readonly heading: string;
  /** The one amount that it is about. */
  readonly amount: { readonly label: string; readonly value: string };
  readonly paragraphs: readonly string[];
  readonly button: { readonly label: string; readonly href: string } | undefined;
  readonly debts: DebtsView | undefined;
  /** Where and how to transfer what is to be paid; `undefined`: not by transfer. */
  readonly transfer: TransferDetails | undefined;
  /** Smaller, below: what it costs, what help there is. */
  readonly notes: readonly string[];
  readonly contact: { readonly lead: string; readonly ways: readonly ContactWay[] };
  /** For text messages and pushes. */
  readonly short: string;
}

export interface DebtsView {
  readonly title: string;
  readonly rows: readonly DebtRow[];
}

export interface DebtRow {
  readonly label: string;
  readonly value: string;
  /** Where there are several, and this one is not the button's. */
  readonly link: { readonly label: string; readonly href: string } | undefined;
}

export interface ContactWay {
  readonly label: string;
  readonly value: string;
  readonly href: string;
}

export interface MessageInput {
  readonly account: Pick<AccountItem, 'account' | 'locale' | 'timezone' | 'collection'>;
  readonly content: MessageContent;
  readonly sender: Sender;
  /** Of the brand, for the account's country and the content's currency; `undefined`: it takes no transfers. */
  readonly bank?: BankAccount | undefined;
  readonly links: MessageLinks;
  /** The operator's texts of the language, by key. */
  readonly own?: Readonly<Record<string, string>>;
}

/** Pure: the same content says the same. Amounts in the content's currency, days in the account's time zone. */
export function messageView({ account, content, sender, bank, links, own = {} }: MessageInput): MessageView {
  const { locale } = account;
  const texts = messageTextsOf(locale);
  const formats = formatsOf(locale, content.currency, account.timezone);
  const brand = sender.name;
  const total = formats.money(content.total);
  const view = (builtIn: Wording, more: Partial<MessageView> & { readonly href?: string } = {}): MessageView => {
    const { href, ...fields } = more;
    const wording = withOwnWording(builtIn, content.template, own, { brand, total });
    return {
      locale,
      sender,
      ...wording,
      amount: { label: texts.total, value: total },
      button: wording.button === undefined || href === undefined ? undefined : { label: wording.button, href },
      debts: undefined,
      transfer: undefined,
      notes: [],
      contact: contactOf(sender, texts),
      ...fields,
    };
  };
  // What is charged to a card, or would have been, is not to be paid twice.
  const byTransfer = (open: readonly OpenBill[]) =>
    account.collection === 'invoice' ? transferDetails(open, bank, content.currency, formats, locale) : undefined;
  switch (content.template) {
    case 'bill': {
      const said = saidBill(content, brand, formats, account);
      const open = [{ number: content.number, amount: content.due }];
      return view(texts.bill(said), {
        href: links.bill(account.account, content.bill),
        transfer: byTransfer(said.how === 'transfer' ? open : []),
      });
    }
    case 'first-invoice':
      return view(texts.firstInvoice({ brand, total }), {
        href: links.pay(account.account, content.invoice),
        amount: { label: texts.toPay, value: total },
        debts:
          content.bill === undefined ? undefined : firstBill(texts, total, links.bill(account.account, content.bill)),
        notes: [texts.keepsCard, texts.crossed],
      });
    case 'thanks':
      return view(texts.thanks({ brand, total, restored: content.restored }), {
        amount: { label: texts.paid, value: total },
      });
    case 'code':
      return view(texts.code({ brand, code: content.code, minutes: content.minutes }), {
        amount: { label: texts.codeLabel, value: content.code },
      });
    case 'payment-failed':
    case 'reminder':
    case 'final-notice':
    case 'new-card':
    case 'authenticate': {
      const [oldest] = content.debts;
      if (oldest === undefined) throw new RangeError('A message about no debt.');
      const said = saidDebt(content, { brand, total, oldest: formats.money(oldest.amount), formats, account });
      const toCard = content.template === 'new-card';
      const several = content.debts.length > 1 && !toCard;
      return view(debtWording(texts, content.template, said), {
        href: toCard ? links.card(account.account) : links.pay(account.account, oldest.invoice),
        amount: { label: texts.toPay, value: total },
        debts: debtsView(texts, content, formats, several ? invoice => links.pay(account.account, invoice) : undefined),
        transfer: byTransfer(content.debts),
        notes: [
          ...(several ? [texts.severalDebts] : []),
          sender.lateFee ?? texts.noFee,
          ...(account.collection === 'automatic' && !toCard ? [texts.keepsCard] : []),
          texts.crossed,
          texts.payInParts,
        ],
      });
    }
    default:
      return content satisfies never;
  }
}

function debtWording(texts: MessageTexts, template: DebtContent['template'], said: SaidDebt): Wording {
  switch (template) {
    case 'payment-failed':
      return texts.paymentFailed(said);
    case 'reminder':
      return texts.reminder(said);
    case 'final-notice':
      return texts.finalNotice(said);
    case 'new-card':
      return texts.newCard(said);
    case 'authenticate':
      return texts.authenticate(said);
    default:
      return template satisfies never;
  }
}

function firstBill({ open, firstBill: label, viewBill }: MessageTexts, value: string, href: string): DebtsView {
  return { title: open, rows: [{ label, value, link: { label: viewBill, href } }] };
}

/** @param linkOf of each debt but the first, which the button pays; `undefined`: no links */
function debtsView(
  texts: MessageTexts,
  { debts }: DebtContent,
  { money, day }: Formats,
  linkOf: ((invoice: string) => string) | undefined,
): DebtsView {
  const rows = debts.map(({ invoice, number, amount, dueAt }, index) => ({
    label: texts.debt(number, day(dueAt)),
    value: money(amount),
    link: index === 0 || linkOf === undefined ? undefined : { label: texts.payThis, href: linkOf(invoice) },
  }));
  return { title: texts.open, rows };
}

function saidBill(
  { first, period, total, due, dueAt, status, automatic }: BillContent,
  brand: string,
  formats: Formats,
  account: MessageInput['account'],
): SaidBill {
  const wasPaid = status === 'paid' && !isZero(decimal(total));
  const isOpen = !isZero(decimal(due));
  return {
    brand,
    total: formats.money(total),
    due: formats.money(due),
    period: first ? 'first' : saidPeriod(period, formats, account.locale),
    how: isOpen ? (automatic ? 'automatic' : 'transfer') : wasPaid ? 'paid' : 'nothing',
    day: formats.day(dueAt),
    shortDay: shortDay(dueAt, account),
  };
}

function saidDebt(
  { stored, next }: DebtContent,
  of: Pick<SaidDebt, 'brand' | 'total' | 'oldest'> & {
    readonly formats: Formats;
    readonly account: MessageInput['account'];
  },
): SaidDebt {
  const { formats, account, ...said } = of;
  return {
    ...said,
    way: account.collection === 'invoice' ? 'transfer' : stored ? 'tried' : 'missing',
    next: next === null ? undefined : { ...next, day: formats.day(next.at), shortDay: shortDay(next.at, account) },
  };
}

/** Periods are counted in UTC, as on the bill. */
function saidPeriod(period: Period, formats: Formats, locale: Locale): SaidPeriod {
  const month = (at: Instant) => new Date(at).toISOString().slice(0, 7);
  if (month(period.start) !== month(Math.max(period.start, period.end - 1))) return { span: formats.span(period) };
  return { month: dateFormat(locale, { month: 'long' }).format(period.start) };
}

/** `3 Dec`, in the account's time zone. */
function shortDay(at: Instant, { locale, timezone }: MessageInput['account']): string {
  const day = dateFormat(locale, { day: 'numeric', month: 'short' }).format(wallAt(timezone, at));
  return firstOfMonth(locale, day).replace(/\.$/, '');
}

function dateFormat(locale: Locale, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALE_TAGS[locale], { ...parts, timeZone: 'UTC' });
}

function contactOf({ contacts }: Sender, texts: MessageTexts): MessageView['contact'] {
  const { phone, mail, web } = contacts;
  const ways = [
    ...(phone === undefined ? [] : [{ label: texts.phone, value: phone, href: `tel:${phone.replace(/[^+\d]/g, '')}` }]),
    ...(mail === undefined ? [] : [{ label: texts.mail, value: mail, href: `mailto:${mail}` }]),
    ...(web === undefined ? [] : [{ label: texts.web, value: web.replace(/^https:\/\//, ''), href: web }]),
  ];
  return { lead: ways.length === 0 ? texts.reply : texts.questions, ways };
}
