import { linesOf } from '#shared/accounts/account-book.ts';
import { PERIOD_PREFIX } from '#shared/accounts/period-item.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { DAY, MINUTE } from '#shared/platform/instant.ts';
import type { BillDocument } from '../document/bill-document.ts';
import { type BuiltBill, buildBill } from '../document/build-bill.ts';
import { peersOf } from '../document/listed-record.ts';
import { UsageOfBill } from '../document/usage-of-bill.ts';
import { ClosingPeriod } from '../frozen/closing-period.ts';
import { isBusiness } from '../frozen/frozen-input.ts';
import { manifestOf } from '../frozen/manifest.ts';
import {
  type FrozenRatingDependencies,
  type FrozenTerms,
  type PeriodThatIsFrozen,
  rateFrozen,
} from '../frozen/rate-frozen.ts';
import { billId, billsOf } from '../objects/bill-item.ts';
import { type BillObjects, readBillDocument } from '../objects/bill-objects.ts';
import { partWriter, readStretch } from '../records/record-objects.ts';
import { type OrderedRecords, RecordsInOrder, type WritePart } from '../records/records-in-order.ts';
import { SHOWN_AT_ONCE } from '../records/records-page.ts';
import type { BilledInvoice } from './billed-invoice.ts';

export interface BillDependencies extends FrozenRatingDependencies {
  /** All published versions, oldest first. */
  readonly catalogs: () => Promise<readonly PublishedCatalog[]>;
  readonly objects: BillObjects;
}

/** Drafts wait three days at most. */
const LOOK_BACK = 5 * DAY;

/** The period whose end made the invoice. `undefined`: none, as for a subscription that somebody else gave the customer. */
export async function periodOf(
  { table }: Pick<BillDependencies, 'table'>,
  { reason, createdAt, subscription }: BilledInvoice,
  account: string,
): Promise<PeriodThatIsFrozen | 'not-frozen' | undefined> {
  if (reason !== 'cycle') return undefined;
  const newest = { pk: `account#${account}`, beginsWith: PERIOD_PREFIX, newestFirst: true, consistent: true };
  for await (const period of table.query(newest, ClosingPeriod)) {
    if (period.end < createdAt - LOOK_BACK) return undefined;
    if (period.subscription !== subscription || period.end > createdAt + MINUTE) continue;
    return period.frozen === undefined ? 'not-frozen' : { ...period, frozen: period.frozen };
  }
  return undefined;
}

/** A bill with its records, all of them or where their parts are. */
export type MadeBill = (Extract<BuiltBill, { bill: BillDocument }> & { readonly records: OrderedRecords }) | Differing;
type Differing = Exclude<BuiltBill, { bill: BillDocument }>;

/**
 * The bill of a final invoice. With a period it is made from what that was frozen with, and comes out the same whenever
 * it is made; without one there is no usage on it, and account and catalog are those of now. The records of a long bill
 * are written away in parts while it is made (`records-in-order.ts`).
 * @param writePart where to; left out: beside the bill
 */
export async function billOf(
  services: BillDependencies,
  account: AccountItem,
  invoice: BilledInvoice,
  period: PeriodThatIsFrozen | undefined,
  writePart: WritePart = partWriter(services.objects, account.account, billId(invoice.id)),
): Promise<MadeBill> {
  const { table, objects } = services;
  const finalisedAt = invoice.finalisedAt ?? invoice.createdAt;
  const others = await billsOf(table, account.account);
  const earlier = others.find(({ bill }) => bill.issuedAt < finalisedAt);
  const emptyManifest = { digest: manifestOf([]).digest, records: 0 };
  const published = await services.catalogs();
  const again = period && (await rateFrozen(services, period, terms => usageOfBill(terms, writePart)));
  const records = (await again?.rated.sink.records.finish()) ?? { all: [], index: undefined };
  const first = { from: 0, count: SHOWN_AT_ONCE };
  const built = buildBill({
    invoice,
    account: again?.input.account ?? { ...account, isBusiness: isBusiness(account) },
    lines: again?.input.lines ?? (await linesOf(table, account.account)),
    catalogs: again?.catalogs ?? published,
    published,
    rated: again?.rated,
    usage: again?.rated.sink,
    records:
      records.all ?? (await readStretch(objects, account.account, billId(invoice.id), records.index.parts, first)),
    annex: records.index && { records: records.index.records, parts: records.index.parts.length },
    manifest: period === undefined ? emptyManifest : { digest: period.frozen.digest, records: period.frozen.records },
    others,
    previous: earlier && (await readBillDocument(objects, account.account, earlier.bill.id)),
  });
  return 'differs' in built ? built : { ...built, records };
}

function usageOfBill({ input, account, catalogs }: FrozenTerms, writePart: WritePart): UsageOfBill<RecordsInOrder> {
  const { period, lines } = input;
  const { currency } = input.account;
  return new UsageOfBill(
    { account, period, lines, catalogs, peers: peersOf(input.account), locale: input.account.locale },
    new RecordsInOrder(writePart, currency),
  );
}
