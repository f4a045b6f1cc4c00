import * as z from 'zod';

/** A topic puts an envelope around what is published; a queue that takes messages raw has none. */
const Envelope = z.object({ Type: z.literal('Notification'), Message: z.string() });

/** What the mail service published. What is not JSON (its word that a topic was set up) is itself, as text. */
export const PublishedEvent = z.unknown().transform(content => {
  const envelope = Envelope.safeParse(content);
  if (!envelope.success) return content;
  const { Message } = envelope.data;
  try {
    return JSON.parse(Message) as unknown;
  } catch {
    return Message;
  }
});
