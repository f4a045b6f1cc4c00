import * as z from 'zod';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { Iccid, Imsi, Msisdn } from '../identifiers/service-identifier.ts';

/** Body of `PUT /v1/accounts/{a}/lines/{l}` (contract section 3). What is left out stays; `null` takes it away. */
export const LineFields = z.strictObject({
  msisdn: Msisdn,
  imsi: Imsi.nullish(),
  iccid: Iccid.nullish(),
  plan: z.string().min(1).max(64),
  addOns: z.array(z.string().min(1).max(64)).nullish(),
  from: StoredInstant.nullish().describe('Left out: now. A line that is there keeps its own.'),
  changeAt: z.enum(['now', 'period-end']).nullish(),
});
export type LineFields = z.output<typeof LineFields>;

/** Body of `PATCH /v1/accounts/{a}/lines/{l}`: a merge patch (RFC 7396) over what `GET` returns. */
export const LinePatch = LineFields.omit({ from: true }).partial();
export type LinePatch = z.output<typeof LinePatch>;
