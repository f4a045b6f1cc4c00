import type { Instant } from '#shared/platform/instant.ts';
import { jsonAnswer, type PartAnswer, type PartRequest } from '../gateway/exchange.ts';
import { listen } from '../gateway/listen.ts';

export const STARTING = jsonAnswer(503, { message: 'The local cloud is starting.' });

export interface PublicAddress {
  readonly address: string;
  /** From now on requests are answered by this; before, everything is 503. */
  readonly open: (answer: (request: PartRequest) => Promise<PartAnswer>) => void;
  readonly stop: () => Promise<void>;
}

/** Takes the port before anything else starts: if it is in use, that is said at once and not after half a minute. */
export async function takePort(port: number, now: () => Instant): Promise<PublicAddress> {
  let answerBy: ((request: PartRequest) => Promise<PartAnswer>) | undefined;
  try {
    const { address, stop } = await listen({ port, now, answer: async request => answerBy?.(request) ?? STARTING });
    return {
      address,
      stop,
      open: answer => {
        answerBy = answer;
      },
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new Error(`Port ${port} is in use. Stop what listens there, or give another: --port N`);
    if (code === 'EACCES')
      throw new Error(`Port ${port} may not be opened by this user. Give one above 1023: --port N`);
    throw error;
  }
}
