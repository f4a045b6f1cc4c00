import { printInstant } from '#shared/platform/instant.ts';
import type { TimelineSubject } from '#shared/reports/timeline/timeline.ts';

/** Where the console shows what an entry of the timeline is about. */
export function timelineAddress(about: TimelineSubject): string {
  switch (about.kind) {
    case 'bill':
      return `/console/v1/bills/${about.bill}.html`;
    case 'messages':
      return '/_local/inbox';
    case 'commands':
      return '/_local/commands';
    case 'records': {
      const span = `from=${printInstant(about.from)}&to=${printInstant(about.to)}`;
      const line = about.line === undefined ? '' : `&line=${about.line}`;
      return `/console/v1/accounts/${about.account}/records?${span}&limit=500${line}`;
    }
    default:
      return about satisfies never;
  }
}
