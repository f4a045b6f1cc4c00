import type { AccountItem } from '#shared/accounts/records/account-item.ts';

import type { Brand } from '#shared/catalog/brand.ts';
import type { Locale } from '#shared/locale/locales.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Operator } from './operator/operator.ts';
import type { BillStanding } from './order/bill-now.ts';
import type { MessageLinks } from './wording/message-view.ts';

/** What sending messages and commands needs. */
export interface MessageDependencies {
  readonly table: Table;
  readonly clock: Clock;
  readonly mailer: Mailer;
  /** `undefined`: the operator has set up no endpoint. */
  readonly operator: Operator | undefined;
  /** Links as of that moment. @throws Unavailable while what signs them cannot be read */
  readonly links: (from: Instant) => Promise<MessageLinks>;
  readonly brandOf: (account: AccountItem, at: Instant) => Promise<Brand | undefined>;
  /** The operator's texts in place of built-in ones, by key. */
  readonly ownTexts: (locale: Locale, at: Instant) => Promise<Readonly<Record<string, string>>>;
  /** Whether a dunning case of the account is still open. A message about a closed case is not sent. */
  readonly isCaseOpen: (account: string, id: string) => Promise<boolean>;
  /** `undefined`: there is no such bill, or nothing is known of it. */
  readonly standingOf: (bill: string) => Promise<BillStanding | undefined>;
  /** `Dunlin Mobile <billing@example.com>`. */
  readonly mailFrom: string;
}
