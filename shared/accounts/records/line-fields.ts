import * as z from 'zod';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { Iccid, Imsi, Msisdn } from '../identifiers/service-identifier.ts';

/** Body of `PUT /v1/accounts/{a}/lines/{l}` (contract section 3). */
export const LineFields = z.strictObject({
  msisdn: Msisdn,
  imsi: Imsi.optional(),
  iccid: Iccid.optional(),
  plan: z.string().min(1).max(64),
  addOns: z.array(z.string().min(1).max(64)).default([]),
  /** Left out: now. An existing line keeps its own. */
  from: StoredInstant.optional(),
  changeAt: z.enum(['now', 'period-end']).default('now'),
});
export type LineFields = z.output<typeof LineFields>;
