import * as z from 'zod';
import { bundledProbe } from './bundled-probe.ts';
import { type Chapter, type Figure, rounded } from './figure.ts';

const Probe = z.array(
  z.object({
    mail: z.string(),
    words: z.number(),
    html: z.number(),
    text: z.number(),
    mime: z.number(),
    bytes: z.object({ html: z.number(), text: z.number(), mime: z.number() }),
  }),
);

/** A mail from content to what travels: CPU time, warm, and bytes. */
export async function benchMails(): Promise<Chapter> {
  const probe = await bundledProbe('mail-probe.ts');
  const measured = Probe.parse(await probe());
  const figures = measured.flatMap(({ mail, words, html, text, mime, bytes }): Figure[] => [
    { what: `the mail of a ${mail}, its words`, value: words, unit: 'ms' },
    { what: `the mail of a ${mail}, HTML`, value: html, unit: 'ms', goal: { atMost: 0.1 } },
    { what: `the mail of a ${mail}, text part`, value: text, unit: 'ms' },
    { what: `the mail of a ${mail}, MIME of both`, value: mime, unit: 'ms' },
    {
      what: `the mail of a ${mail}, as it travels`,
      value: bytes.mime / 1_024,
      unit: 'KB',
      goal: { atMost: 100 },
      steady: true,
    },
  ]);
  const sizes = measured.map(
    ({ mail, bytes }) => `${mail}: HTML ${rounded(bytes.html)} bytes, text ${rounded(bytes.text)}`,
  );
  return { title: 'Mails, CPU time', figures, notes: [`Median of batches, warm. ${sizes.join('; ')}.`] };
}
