import { printInstant } from '#shared/platform/instant.ts';
import type { AccountPeriod } from './billing-period.ts';
import { type LineItem, planOf } from './line-item.ts';
import { openNames } from './line-names.ts';

/** The line as `PUT` and `GET /v1/accounts/{a}/lines/{l}` answer it (contract section 8); `names` as usage may name it. */
export function lineAnswer(item: LineItem, period: AccountPeriod) {
  return {
    line: item.line,
    state: item.state,
    plan: planOf(item),
    addOns: item.addOns,
    msisdn: item.msisdn,
    imsi: item.imsi,
    iccid: item.iccid,
    names: openNames(item.names),
    from: printInstant(item.from),
    period: { start: printInstant(period.start), end: printInstant(period.end) },
  };
}
