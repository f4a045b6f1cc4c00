import * as z from 'zod';
import type { PartAnswer, PartRequest } from './exchange.ts';

/** What may be wrong with the operator's endpoint for a while. */
export const OperatorFaults = z.strictObject({ down: z.boolean().default(false) });
export type OperatorFaults = z.infer<typeof OperatorFaults>;

/** The product's line to the operator. */
export class OperatorStub {
  readonly #desk: { readonly answer: (request: PartRequest) => PartAnswer };
  faults: OperatorFaults = OperatorFaults.parse({});

  constructor(stub: { readonly answer: (request: PartRequest) => PartAnswer }) {
    this.#desk = stub;
  }

  /** `undefined`: no connection. */
  async send(request: PartRequest): Promise<PartAnswer | undefined> {
    return this.faults.down ? undefined : this.#desk.answer(request);
  }
}
