import * as z from 'zod';
import { WakeUp } from '#shared/platform/wake-up.ts';
import type { FileServices } from './file-services.ts';
import { type ObjectArrival, openFile } from './open-file.ts';
import { workOnFile } from './work-on-file.ts';
import { workOnRange } from './work-on-range.ts';

/** The bucket tells that an object is there; keys come percent-encoded, blanks as plus. */
const Notice = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string(), eTag: z.string() }) }) })).min(1),
});

/** What the bucket would tell of an object. */
export function fileNotification({ key, etag }: ObjectArrival) {
  return { Records: [{ s3: { object: { key: encodeURIComponent(key), eTag: etag } } }] };
}

/** Sent once, when the bucket's notification is set up. */
const TestNotice = z.object({ Event: z.literal('s3:TestEvent') });

/** What arrives on the queue of files: word of objects, or wake-ups of files and their ranges. */
export const FileMessage = z.union([
  WakeUp,
  Notice.transform(({ Records }) => ({
    objects: Records.map(({ s3 }): ObjectArrival => ({ key: decodeKey(s3.object.key), etag: s3.object.eTag })),
  })),
  TestNotice.transform(() => ({ objects: [] as ObjectArrival[] })),
]);
export type FileMessage = z.output<typeof FileMessage>;

function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

export async function takeFileMessage(message: FileMessage, services: FileServices): Promise<void> {
  if ('objects' in message) {
    for (const arrival of message.objects) {
      const opened = await openFile(services, arrival);
      if (opened !== undefined) await workOnFile(services, opened);
    }
    return;
  }
  const { kind, pk, sk } = message;
  if (kind === 'file') return workOnFile(services, { pk, sk });
  if (kind === 'range') return workOnRange(services, { pk, sk });
  throw new RangeError(`Items of kind ${kind} are worked on elsewhere.`);
}
