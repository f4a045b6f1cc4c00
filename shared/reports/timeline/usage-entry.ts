import type { Formats } from '#shared/locale/formats.ts';
import { DAY } from '#shared/platform/instant.ts';
import { instantOfWall } from '#shared/platform/time-zones.ts';
import type { TimelineEntry } from './timeline.ts';
import type { DayOfUsage } from './usage-by-day.ts';

/** A line's day: `12 calls, 18 min · 4 texts · 310 MB`. */
export function usageEntry(
  day: DayOfUsage,
  { account, timezone }: { readonly account: string; readonly timezone: string },
  formats: Formats,
): TimelineEntry {
  const { line, kinds, amount, at, quarantined } = day;
  const told = kinds.map(({ kind, records, units }) => {
    switch (kind) {
      case 'voice':
        return `${counted(records, 'call', 'calls')}, ${formats.units(units, 's')}`;
      case 'sms':
        return counted(records, 'text', 'texts');
      case 'data':
        return formats.units(units, 'B');
      default:
        return `${records} × ${kind}`;
    }
  });
  const detail = [
    /^0(\.0+)?$/.test(amount) ? 'within the plan' : `${formats.money(amount)} beyond the plan`,
    ...(quarantined > 0 ? [`${quarantined} in quarantine`] : []),
  ].join(', ');
  const midnight = Date.parse(`${day.day}T00:00:00Z`);
  return {
    at,
    kind: 'usage',
    text: `${line ?? 'no line'}: ${told.length === 0 ? 'nothing that counts' : told.join(' · ')}`,
    detail,
    about: {
      kind: 'records',
      account,
      ...(line !== undefined && { line }),
      from: instantOfWall(timezone, midnight),
      to: instantOfWall(timezone, midnight + DAY),
    },
    ...(quarantined > 0 && { tone: 'bad' as const }),
  };
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
