import { InvalidInput } from '#shared/platform/failure.ts';

/** An account has more records in one period than are rated here: nothing came of it. `facts.most` says how many are. */
export class PeriodTooLarge extends InvalidInput {
  constructor(most: number) {
    super(
      422,
      'period-too-large',
      `The account has more than ${most} records in this period, which is the most that is rated at once here.`,
      { facts: { most: String(most) } },
    );
  }
}
