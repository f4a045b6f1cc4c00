/**
 * Why a payment was refused, by what helps:
 *
 * | class | what helps |
 * |---|---|
 * | `hard` | another payment method; trying again does not help, or is forbidden |
 * | `data` | the subscriber corrects what stands on the card |
 * | `authentication` | the subscriber confirms the payment with the bank |
 * | `funds` | days |
 * | `technical` | hours |
 * | `generic` | the bank does not say |
 */
export const DECLINE_CLASSES = ['hard', 'authentication', 'data', 'funds', 'technical', 'generic'] as const;
export type DeclineClass = (typeof DECLINE_CLASSES)[number];

/** The notice that asks the subscriber for what helps; `undefined` where time alone may help. */
export function noticeFor(decline: DeclineClass): 'new-card' | 'authenticate' | undefined {
  switch (decline) {
    case 'hard':
    case 'data':
      return 'new-card';
    case 'authentication':
      return 'authenticate';
    case 'funds':
    case 'technical':
    case 'generic':
      return undefined;
    default:
      return decline satisfies never;
  }
}
