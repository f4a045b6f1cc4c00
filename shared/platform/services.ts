import { Unavailable } from './failure.ts';

/**
 * A function's composition root, run at the first call of a cold start and kept. A failed start (a secret not there
 * yet) is an outage, not a crash loop: it is answered as unavailable and tried again at the next call.
 */
export function lazily<S>(build: () => Promise<S> | S): () => Promise<S> {
  let started: Promise<S> | undefined;
  return async () => {
    started ??= Promise.resolve().then(build);
    try {
      return await started;
    } catch (error) {
      started = undefined;
      throw new Unavailable('not-started', 'The function could not start.', { cause: error });
    }
  };
}
