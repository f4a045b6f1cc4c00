import { Failure } from '#shared/platform/failure.ts';

/** What cannot be reached now is tried again with the next run; what is refused for good is noted, and tried all the same. */
export async function attempt<T>(work: () => Promise<T>, otherwise: T, note: (refused: Failure) => void): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (!error.retryable) note(error);
    return otherwise;
  }
}
