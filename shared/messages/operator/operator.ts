import type { ServiceAction } from '../order/service-command.ts';

interface Numbered {
  /** The same with every repeat: the operator does a thing once by it. */
  readonly id: string;
  /** RFC 3339: from when on it was to be done or sent. */
  readonly at: string;
  readonly account: string;
}

/** What goes to the operator's own network and house (contract section 7 for commands). */
export type OperatorPost =
  | (Numbered & { readonly kind: 'sms'; readonly to: string; readonly text: string })
  | (Numbered & { readonly kind: 'push'; readonly to: string; readonly subject: string; readonly text: string })
  | (Numbered & {
      readonly kind: 'letter';
      /** Lines of the envelope. */
      readonly to: readonly string[];
      readonly subject: string;
      readonly text: string;
      /** A letter with a bill: its id, and where the paper is to be had. */
      readonly bill?: string;
      readonly pdf?: string;
    })
  | (Numbered & { readonly kind: 'command'; readonly line: string; readonly action: ServiceAction });

/** Port to the operator's endpoint. */
export interface Operator {
  /** Done means: the operator has it. @throws Failure, retryable: the same post is to be sent again */
  post(post: OperatorPost): Promise<void>;
}
