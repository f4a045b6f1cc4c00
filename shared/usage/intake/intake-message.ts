import * as z from 'zod';
import { BatchMessage } from '../posting/batch-message.ts';

/** The bucket tells that an object is there; keys come percent-encoded, blanks as plus. */
const ObjectNotice = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })).min(1),
});

/** What the bucket would tell of an object. */
export function objectNotification(key: string) {
  return { Records: [{ s3: { object: { key: encodeURIComponent(key) } } }] };
}

/** Sent once, when the bucket's notification is set up. */
const TestNotice = z.object({ Event: z.literal('s3:TestEvent') });

/** What arrives on the usage queue: a batch, or word of objects that hold batches. */
export const IntakeMessage = z.union([
  BatchMessage,
  ObjectNotice.transform(({ Records }) => ({ objects: Records.map(({ s3 }) => decodeKey(s3.object.key)) })),
  TestNotice.transform(() => ({ objects: [] as string[] })),
]);
export type IntakeMessage = z.output<typeof IntakeMessage>;

function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}
