import type * as z from 'zod';
import type { AccountFields } from '#shared/accounts/records/account-fields.ts';
import { AccountFields as AccountFieldsSchema } from '#shared/accounts/records/account-fields.ts';
import { LineFields } from '#shared/accounts/records/line-fields.ts';

/** What `PUT /v1/accounts/{a}` takes, parsed. */
export function anAccount(fields: Partial<z.input<typeof AccountFieldsSchema>> = {}): AccountFields {
  return AccountFieldsSchema.parse({
    name: 'Example AB',
    email: 'billing@example.com',
    currency: 'SEK',
    timezone: 'Europe/Stockholm',
    billingDay: 1,
    ...fields,
  });
}

/** What `PUT /v1/accounts/{a}/lines/{l}` takes, parsed. */
export function aLine(fields: Partial<z.input<typeof LineFields>> = {}): LineFields {
  return LineFields.parse({ msisdn: '+46701234567', plan: 'mobile-10', ...fields });
}
