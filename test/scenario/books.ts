import * as z from 'zod';
import type { Exchange } from '#infra/stripe-twin/stripe-twin.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { listOf, objectIn, textIn } from '#test/parts/answer-body.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import { payByCard } from './pay-by-card.ts';

/** Reads what the API and Stripe say about an account, each as the few words that a story asserts. */
export class Books {
  readonly #prepared: PreparedCloud;
  /** Stripe's customers by account. */
  readonly customers = new Map<string, string>();

  constructor(prepared: PreparedCloud) {
    this.#prepared = prepared;
  }

  /** Makes the account; with a card, so that invoices are paid. */
  async open(account: string, fields: object): Promise<void> {
    const given = { name: account, email: `${account}@example.com`, ...fields };
    const { body } = await this.#prepared.operator.put(`/v1/accounts/${account}`, given);
    await payByCard(this.#prepared, account);
    this.customers.set(account, textIn(body, 'stripeCustomer'));
  }

  /** Per line `allowances: { id: [included, used, remaining] }` and `charges: { id: [records, units, quantity, amount] }`. */
  async usage(account: string, period = 'current') {
    const { body } = await this.#prepared.operator.get(`/v1/accounts/${account}/usage?period=${period}`);
    const lines = listOf(UsageLine, body, 'lines').map(line => [
      line.line,
      {
        allowances: Object.fromEntries(line.allowances.map(one => [one.id, [one.included, one.used, one.remaining]])),
        charges: Object.fromEntries(
          line.charges.map(one => [one.id, [one.records, one.units, one.quantity, one.amount]]),
        ),
      },
    ]);
    return { lines: Object.fromEntries(lines), subtotal: objectIn(body, 'estimate').subtotal };
  }

  /** Oldest first: `e-2 phone open partly-covered 500 = 200 + 300 voice 6.50`; units are billed = covered + priced. */
  async records(account: string, query = ''): Promise<string[]> {
    const { body } = await this.#prepared.operator.get(`/v1/accounts/${account}/records?limit=500&${query}`);
    return listOf(ListedRecord, body)
      .toReversed()
      .map(({ id, line, state, reason, units, charge, amount }) => {
        const { billed, covered, priced } = units;
        return [id, line, state, reason, `${billed} = ${covered} + ${priced}`, charge ?? '-', amount ?? '-'].join(' ');
      });
  }

  /** `code id line units`, in the order of the words. */
  async quarantine(query: string): Promise<string[]> {
    const { body } = await this.#prepared.operator.get(`/v1/quarantine?limit=500&${query}`);
    const told = listOf(ListedLeftOut, body).map(({ code, id, line, seconds, bytes }) =>
      [code, id, line, seconds ?? bytes].join(' '),
    );
    return told.sort();
  }

  /** Record id → the Stripe invoice that it is billed on, as the number of the account's invoices from 0; null: none. */
  async invoicesOfRecords(account: string, query: string): Promise<Record<string, number | null>> {
    const { operator, stripe } = this.#prepared;
    const { body } = await operator.get(`/v1/accounts/${account}/records?limit=500&${query}`);
    const { data } = await stripe.invoices.list({ customer: this.customerOf(account), limit: 100 });
    const ids = data.toReversed().map(({ id }) => id);
    const items = listOf(ListedRecord, body).map(({ id, invoice }) => [id, invoice && ids.indexOf(invoice)]);
    return Object.fromEntries(items);
  }

  /** `{ state, 'small data-extra': '3 3 3 3' }`: rated, acknowledged, confirmed, invoiced; `-` is not known yet. */
  async positions(account: string, period: string): Promise<Record<string, string>> {
    const { body } = await this.#prepared.operator.get(`/v1/accounts/${account}/positions?period=${period}`);
    const items = listOf(ListedPosition, body).map(({ billable, ...numbers }) => {
      const { rated, acknowledged, confirmed, invoiced } = numbers;
      return [nameOf(billable), [rated, acknowledged, confirmed ?? '-', invoiced ?? '-'].join(' ')];
    });
    return { state: body.state, ...Object.fromEntries(items) };
  }

  /** Where the four numbers of a period differ. */
  async disagreements(account: string, period: string): Promise<string[]> {
    const { state, ...positions } = await this.positions(account, period);
    return Object.entries(positions)
      .filter(([, numbers]) => new Set(numbers.split(' ')).size > 1)
      .map(([name, numbers]) => `${state} ${name}: ${numbers}`);
  }

  /** Oldest first; of each line `quantity × what: amount`, in minor units, in the order of the words. */
  async invoices(account: string) {
    const { stripe } = this.#prepared;
    const { data } = await stripe.invoices.list({ customer: this.customerOf(account), limit: 100 });
    return Promise.all(
      data.toReversed().map(async ({ id, status, currency, total }) => {
        const lines = await Array.fromAsync(stripe.invoices.listLineItems(id ?? '', { limit: 100 }));
        const told = lines.map(line => {
          const what = (line.description ?? '').replace(/^[\d.]+ × /, '').replace(/ \(at .*/, '');
          return `${line.quantity_decimal} × ${what}: ${line.amount}`;
        });
        return { status, total: `${total} ${currency}`, lines: told.sort() };
      }),
    );
  }

  /** Event name → what Stripe's summary of the account's customer comes to in that time, where it is not 0. */
  async summaries(account: string, from: string, to: string): Promise<Record<string, number>> {
    const { stripe } = this.#prepared;
    const found: Record<string, number> = {};
    for await (const meter of stripe.billing.meters.list({ limit: 100 })) {
      const { data } = await stripe.billing.meters.listEventSummaries(meter.id, {
        customer: this.customerOf(account),
        start_time: Date.parse(from) / SECOND,
        end_time: Date.parse(to) / SECOND,
      });
      for (const { aggregated_value } of data)
        if (aggregated_value !== 0) found[nameOf(meter.event_name)] = aggregated_value;
    }
    return found;
  }

  /** What Stripe's meters took since the last look, by account: `small sms -1`. */
  meterEvents(): Record<string, string[]> {
    const events = this.#unread().filter(
      ({ method, path, status }) => method === 'POST' && path === '/v1/billing/meter_events' && status === 200,
    );
    const accounts = new Map([...this.customers].map(([account, customer]) => [customer, account]));
    const said = events.map(({ requestBody }) => {
      const form = new URLSearchParams(requestBody);
      const account = accounts.get(form.get('payload[stripe_customer_id]') ?? '') ?? 'nobody';
      return { account, text: `${nameOf(form.get('event_name') ?? '')} ${form.get('payload[value]')}` };
    });
    const byAccount = Map.groupBy(said, ({ account }) => account);
    return Object.fromEntries([...byAccount].map(([account, events]) => [account, events.map(({ text }) => text)]));
  }

  customerOf(account: string): string {
    const customer = this.customers.get(account);
    if (customer === undefined) throw new Error(`Nobody has opened ${account}.`);
    return customer;
  }

  #read = 0;
  #unread(): readonly Exchange[] {
    const unread = this.#prepared.exchanges.slice(this.#read);
    this.#read = this.#prepared.exchanges.length;
    return unread;
  }
}

/** `dunlin:small:data-extra:SEK:1f2e3d4c`, `dunlin_small_data-extra_sek_1f2e3d4c` → `small data-extra`. */
function nameOf(billable: string): string {
  const [, owner = '', charge = ''] = billable.split(/[:_]/);
  return owner === 'deployment' ? charge : `${owner} ${charge}`;
}

const Allowance = z.object({ id: z.string(), included: z.number(), used: z.number(), remaining: z.number() });
const Charge = z.object({
  id: z.string(),
  records: z.number(),
  units: z.number(),
  quantity: z.number().nullable(),
  amount: z.string(),
});
const UsageLine = z.object({ line: z.string(), allowances: z.array(Allowance), charges: z.array(Charge) });

const ListedRecord = z.object({
  id: z.string(),
  line: z.string(),
  state: z.string(),
  reason: z.string(),
  units: z.object({ billed: z.number(), covered: z.number(), priced: z.number() }),
  charge: z.string().nullable(),
  amount: z.string().nullable(),
  invoice: z.string().nullable(),
});

const ListedPosition = z.object({
  billable: z.string(),
  rated: z.string(),
  acknowledged: z.string(),
  confirmed: z.string().nullable(),
  invoiced: z.string().nullable(),
});

const ListedLeftOut = z.object({
  code: z.string(),
  id: z.string(),
  line: z.string(),
  seconds: z.number().optional(),
  bytes: z.number().optional(),
});
