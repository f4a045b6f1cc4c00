import { finalisingAt, graceEnd } from '../billing/plan-finalisation.ts';
import { planRetry, withoutRetry } from '../billing/retries.ts';
import { update } from '../events/recording.ts';
import { invoiceOf, presentInvoice } from '../objects/invoices.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import { ApiError, invalidRequest } from '../wire/errors.ts';
import { clearable, flag, integer, listOf, metadata, params, text, unixTime } from '../wire/params.ts';
import { operation } from './operation.ts';

const DAY_SECONDS = 86_400;

/** What is printed can be changed on drafts only, `auto_advance` and `metadata` always. */
export const invoiceUpdate = operation({
  method: 'POST',
  path: '/v1/invoices/{invoice}',
  params: {
    auto_advance: flag().optional(),
    automatically_finalizes_at: unixTime().optional(),
    custom_fields: clearable(listOf(params({ name: text(40), value: text(140) }), 4)).optional(),
    days_until_due: integer({ min: 0 }).optional(),
    description: clearable(text(1_500)).optional(),
    due_date: unixTime().optional(),
    footer: clearable(text(5_000)).optional(),
    metadata: metadata().optional(),
  },
  handle({ world, params: { auto_advance, metadata, ...content }, ids }) {
    const standing = invoiceOf(world, ids.invoice);
    if (Object.keys(content).length > 0) requireDraft(standing);
    const changed: Invoice = {
      ...standing,
      ...dueChange(world, standing, content),
      custom_fields: given(content.custom_fields, standing.custom_fields),
      description: given(content.description, standing.description),
      footer: given(content.footer, standing.footer),
      metadata: mergeMetadata(standing.metadata, metadata),
    };
    const next = advancing(world, changed, auto_advance ?? changed.auto_advance, content.automatically_finalizes_at);
    return presentInvoice(world, update(world, 'invoice', 'invoice.updated', next));
  },
});

/** @throws ApiError 400 `invoice_not_editable` when it is final */
export function requireDraft(invoice: Invoice): Invoice {
  if (invoice.status === 'draft') return invoice;
  throw notEditable(
    "This invoice is no longer editable. You can only change an invoice's content while it is a draft.",
  );
}

export function notEditable(message: string): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', code: 'invoice_not_editable', message });
}

function dueChange(
  world: World,
  { collection_method }: Invoice,
  { due_date, days_until_due }: { due_date?: number | undefined; days_until_due?: number | undefined },
): Partial<Invoice> {
  if (due_date === undefined && days_until_due === undefined) return {};
  const param = due_date === undefined ? 'days_until_due' : 'due_date';
  if (collection_method !== 'send_invoice') {
    throw invalidRequest(`\`${param}\` can only be set on invoices with \`collection_method\` \`send_invoice\`.`, {
      param,
    });
  }
  if (due_date !== undefined && due_date <= world.unixNow()) {
    throw invalidRequest('The due date must be in the future.', { param });
  }
  if (due_date !== undefined) return { due_date, daysUntilDue: null };
  const daysUntilDue = days_until_due ?? 0;
  return { due_date: world.unixNow() + daysUntilDue * DAY_SECONDS, daysUntilDue };
}

/** Whether, and for a draft when, Stripe goes on by itself. */
function advancing(world: World, invoice: Invoice, advances: boolean, at: number | undefined): Invoice {
  if (at !== undefined) {
    if (!advances || at <= world.unixNow()) {
      throw invalidRequest(
        '`automatically_finalizes_at` must be in the future, on an invoice that advances by itself.',
        {
          param: 'automatically_finalizes_at',
        },
      );
    }
    return finalisingAt(world, { ...invoice, auto_advance: true, isScheduled: true }, at);
  }
  if (advances === invoice.auto_advance) return invoice;
  const next = { ...invoice, auto_advance: advances };
  if (invoice.status === 'open') return advances ? planRetry(world, next) : withoutRetry(world, next);
  if (invoice.status !== 'draft') return invoice;
  if (advances) return finalisingAt(world, next, graceEnd(world));
  world.agenda.cancel('finalise', invoice.id);
  return { ...next, automatically_finalizes_at: null, isScheduled: false, next_payment_attempt: null };
}
