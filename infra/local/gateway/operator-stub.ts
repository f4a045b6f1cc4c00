import * as z from 'zod';
import type { PartAnswer, PartRequest } from './exchange.ts';

/** What may be wrong with the operator's endpoint for a while. */
export const OperatorFaults = z.strictObject({ down: z.boolean().default(false) });
export type OperatorFaults = z.infer<typeof OperatorFaults>;

/** Who answers there. */
export interface OperatorDesk {
  /** `undefined`: no connection. */
  answer(request: PartRequest): PartAnswer | undefined | Promise<PartAnswer | undefined>;
}

/** The product's line to the operator. */
export class OperatorStub {
  readonly #desk: OperatorDesk;
  faults: OperatorFaults = OperatorFaults.parse({});

  constructor(desk: OperatorDesk) {
    this.#desk = desk;
  }

  /** `undefined`: no connection. */
  async send(request: PartRequest): Promise<PartAnswer | undefined> {
    return this.faults.down ? undefined : this.#desk.answer(request);
  }
}
