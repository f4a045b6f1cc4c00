import * as z from 'zod';

const common = { id: z.string().min(1), at: z.iso.datetime({ offset: true }), account: z.string().min(1) };
const text = { ...common, to: z.string().min(1), text: z.string().min(1) };

/** What the product posts to the operator (contract sections 7 and 8). More than this may be in it, and is kept. */
export const OperatorPost = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('sms'), ...text }),
  z.looseObject({ kind: z.literal('push'), ...text }),
  z.looseObject({
    kind: z.literal('letter'),
    ...common,
    /** Lines of the envelope. */
    to: z.array(z.string().min(1)).min(1),
    subject: z.string().min(1),
    text: z.string().min(1),
    /** With a bill: its id, and where its PDF is to be had. */
    bill: z.string().min(1).optional(),
    pdf: z.url().optional(),
  }),
  z.looseObject({ kind: z.literal('command'), ...common, line: z.string().min(1), action: z.string().min(1) }),
]);
export type OperatorPost = z.infer<typeof OperatorPost>;
export type PostKind = OperatorPost['kind'];
export type PostOf<K extends PostKind> = Extract<OperatorPost, { kind: K }>;
