import * as z from 'zod';
import { WEEKDAYS } from './calendar.ts';
import { Amounts, Id, Several, Text } from './source-scalars.ts';

const StepSource = z.strictObject({
  id: Id,
  after: Text,
  channel: Several.optional(),
  text: Text.optional(),
  service: Text.optional(),
  notice: Text.optional(),
  do: Text.optional(),
});

/** `dunning:` as the operator writes it (contract section 7). */
export const DunningSource = z.strictObject({
  id: Id,
  when: z.strictObject({ segment: Several.default([]) }).optional(),
  basis: z.enum(['follow']).default('follow'),
  minimumDebt: Amounts.default({}),
  steps: z.array(StepSource).min(1, 'a policy needs steps'),
  window: z
    .strictObject({
      hours: Text.default('00:00-24:00'),
      days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
      holidays: z.array(Text).default([]),
    })
    .optional(),
});
export type DunningSource = z.infer<typeof DunningSource>;
export type StepSource = z.infer<typeof StepSource>;
