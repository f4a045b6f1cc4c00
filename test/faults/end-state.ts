import * as z from 'zod';
import { DAY, type Instant, printInstant, SECOND } from '#shared/platform/instant.ts';
import { listIn, listOf, textIn } from '#test/parts/answer-body.ts';
import type { Heard } from '#test/parts/outsider.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import { billsOf } from './bills.ts';
import type { CommonEnd } from './common-end.ts';
import { insideOf, sentTo } from './own-end.ts';
import type { Posted } from './posted.ts';
import type { Subject } from './subject.ts';

/**
 * All that can be seen of a subject from outside, and what waits inside, without moments and without ids that are random
 * by nature: equal for those that came to the same end.
 */
export async function endState(
  prepared: PreparedCloud,
  subject: Subject,
  { posted, common, start }: { posted: Posted; common: CommonEnd; start: Instant },
): Promise<object> {
  const { cloud, operator } = prepared;
  const get = async (path: string): Promise<Heard['body']> => {
    const { status, body } = await operator.get(path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const { account } = subject;
  const customer = textIn(await get(`/v1/accounts/${account}`), 'stripeCustomer');
  const lines = await get(`/v1/accounts/${account}/lines`);
  const usage = await get(`/v1/accounts/${account}/usage?period=previous`);
  const positions = await get(`/v1/accounts/${account}/positions?period=previous`);
  const mine = [subject.phone.msisdn, subject.tablet.msisdn, subject.nobodys];
  return {
    lines: listIn(lines).map(({ line, state, plan }) => `${line} ${plan} ${state}`),
    usage: { lines: usage.lines, pools: usage.pools, estimate: usage.estimate },
    records: await records(get, account, start),
    positions: { state: positions.state, items: positions.items },
    batches: {
      named: await Promise.all(posted.named.map(batch => get(`/v1/usage/batches/${batch}`))),
      unnamed: verdictOfUnnamed(await get(`/v1/usage/batches/${posted.unnamed}`)),
    },
    quarantine: common.quarantine
      .filter(({ line }) => mine.includes(line))
      .map(({ code, id, line, account: of }) => `${code} ${id} ${line} ${of ?? '-'}`),
    stripe: {
      customers: (await prepared.stripe.customers.list({ email: subject.email })).data.length,
      invoices: await invoices(prepared, customer),
      summaries: await summaries(prepared, customer, start),
    },
    bills: await billsOf(operator, account),
    ...(await sentTo(operator, subject, common)),
    ...(await insideOf(cloud, subject, common)),
  };
}

/** Each record as one line, sorted. */
async function records(
  get: (path: string) => Promise<Heard['body']>,
  account: string,
  start: Instant,
): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  do {
    const page = await get(`/v1/accounts/${account}/records?from=${printInstant(start)}&limit=500${cursor}`);
    for (const { id, line, state, reason, units, charge, amount } of listOf(ListedRecord, page)) {
      const { billed, covered, priced } = units;
      found.push(
        `${id} ${line} ${state} ${reason} ${billed} = ${covered} + ${priced} ${charge ?? '-'} ${amount ?? '-'}`,
      );
    }
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  return found.sort();
}

/** How many of its records were known before depends on how often it was sent; that each counts once, the records show. */
function verdictOfUnnamed({ batch: _, duplicates, accepted, ...verdict }: Heard['body']): object {
  const isOneOrOther = duplicates === 0 || duplicates === accepted;
  return { accepted, ...verdict, duplicates: isOneOrOther ? 'none or all' : duplicates };
}

async function invoices({ stripe }: PreparedCloud, customer: string): Promise<object[]> {
  const { data } = await stripe.invoices.list({ customer, limit: 100 });
  return Promise.all(
    data.toReversed().map(async ({ id, status, currency, total, billing_reason }) => {
      const lines = await stripe.invoices.listLineItems(id ?? '', { limit: 100 });
      const told = lines.data.map(
        ({ quantity_decimal, amount, pricing }) => `${quantity_decimal} × ${pricing?.price_details?.price}: ${amount}`,
      );
      return { status, currency, total, billing_reason, lines: told.sort() };
    }),
  );
}

/** By event name, over the flow's days. */
async function summaries({ stripe }: PreparedCloud, customer: string, start: Instant): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for await (const meter of stripe.billing.meters.list({ limit: 100 })) {
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, {
      customer,
      start_time: start / SECOND,
      end_time: (start + 2 * DAY) / SECOND,
    });
    for (const { aggregated_value } of data) found[meter.event_name] = aggregated_value;
  }
  return found;
}

const ListedRecord = z.object({
  id: z.string(),
  line: z.string(),
  state: z.string(),
  reason: z.string(),
  units: z.object({ billed: z.number(), covered: z.number(), priced: z.number() }),
  charge: z.string().nullable(),
  amount: z.string().nullable(),
});
