import { printInstant } from '#shared/platform/instant.ts';
import type { AccountPeriod } from '../billing-period.ts';
import { openIdentifiers } from '../identifiers/identifier-changes.ts';
import { planOf, type SubscriberLine } from './subscriber-line.ts';

/** The line as `PUT` and `GET /v1/accounts/{a}/lines/{l}` answer it (contract section 8); `names` as usage may name it. */
export function lineAnswer(item: SubscriberLine, period: AccountPeriod) {
  return {
    line: item.line,
    state: item.state,
    plan: planOf(item),
    addOns: item.addOns,
    msisdn: item.msisdn,
    imsi: item.imsi,
    iccid: item.iccid,
    names: openIdentifiers(item.names),
    from: printInstant(item.from),
    period: { start: printInstant(period.start), end: printInstant(period.end) },
  };
}
