import type { Locale } from '#shared/accounts/account.ts';
import type { Period } from '#shared/platform/instant.ts';

/** What Dunlin writes on the collector's invoice, in one language. */
export interface InvoiceWords {
  readonly memo: (name: string, days: string) => string;
  readonly account: string;
  readonly period: string;
  readonly records: string;
  readonly proof: string;
}

const WORDS: Readonly<Record<Locale, InvoiceWords>> = {
  en: {
    memo: (name, days) => `Usage of ${name}, ${days}`,
    account: 'Account number',
    period: 'Usage period',
    records: 'Usage records',
    proof: 'Proof (SHA-256)',
  },
  nl: {
    memo: (name, days) => `Verbruik van ${name}, ${days}`,
    account: 'Klantnummer',
    period: 'Verbruiksperiode',
    records: 'Verbruiksposten',
    proof: 'Bewijs (SHA-256)',
  },
  sv: {
    memo: (name, days) => `Användning för ${name}, ${days}`,
    account: 'Kundnummer',
    period: 'Användningsperiod',
    records: 'Antal poster',
    proof: 'Underlag (SHA-256)',
  },
  fr: {
    memo: (name, days) => `Consommation de ${name}, ${days}`,
    account: 'Numéro de client',
    period: 'Période de consommation',
    records: 'Enregistrements',
    proof: 'Preuve (SHA-256)',
  },
};

const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', nl: 'nl-NL', sv: 'sv-SE', fr: 'fr-FR' };

export function invoiceWords(locale: Locale): InvoiceWords {
  return WORDS[locale];
}

/** `1–30 November 2026`. Periods are counted in UTC, and the end does not belong to them. */
export function printDays(locale: Locale, { start, end }: Period): string {
  const format = new Intl.DateTimeFormat(TAGS[locale], { dateStyle: 'long', timeZone: 'UTC' });
  return format.formatRange(start, Math.max(start, end - 1));
}
