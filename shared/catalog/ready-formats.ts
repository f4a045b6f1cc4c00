import { EMNIFY, KANNEL, ONE_NCE, RADIUS_DETAIL, TWILIO_CSV } from './ready/gateways.ts';
import { CSV, NDJSON } from './ready/own-names.ts';
import type { ReadyFormat } from './ready/ready-format.ts';
import { TAP3 } from './ready/roaming.ts';
import { ASTERISK_CSV, CUCM, FREESWITCH_CSV, FREESWITCH_JSON, KAMAILIO_ACC, KAMAILIO_CDRS } from './ready/switches.ts';
import type { FileFormat, SourceMapping } from './usage-source.ts';

/** What `format` of a source can be (contract section 4). */
export const READY_FORMATS: Readonly<Record<FileFormat, ReadyFormat>> = {
  csv: CSV,
  ndjson: NDJSON,
  'asterisk-csv': ASTERISK_CSV,
  'freeswitch-csv': FREESWITCH_CSV,
  'freeswitch-json': FREESWITCH_JSON,
  'kamailio-acc': KAMAILIO_ACC,
  'kamailio-cdrs': KAMAILIO_CDRS,
  'radius-detail': RADIUS_DETAIL,
  kannel: KANNEL,
  'twilio-csv': TWILIO_CSV,
  emnify: EMNIFY,
  '1nce': ONE_NCE,
  cucm: CUCM,
  tap3: TAP3,
};

type LeaveOut = NonNullable<SourceMapping['leaveOut']>[number];

/** The format's mapping, refined by the source's own: field by field, and layout by layout. */
export function refined(ready: SourceMapping, own: SourceMapping | undefined): SourceMapping {
  if (own === undefined) return ready;
  return {
    ...ready,
    ...own,
    file: { ...ready.file, ...own.file },
    fields: { ...ready.fields, ...own.fields },
    leaveOut: [...(own.leaveOut ?? []), ...(ready.leaveOut ?? [])].filter(isInForce),
  };
}

/** A rule of the source takes the place of the format's rule of the same name. */
function isInForce({ id, off }: LeaveOut, index: number, all: readonly LeaveOut[]): boolean {
  return off !== true && all.findIndex(other => other.id === id) === index;
}
