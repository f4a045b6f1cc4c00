import type { StoreState } from './store.ts';

/** Everything that outlives a stop. */
export interface TwinState {
  readonly ids: readonly (readonly [string, number])[];
  readonly store: StoreState;
}

/** Reads what the twin itself wrote; nobody else writes the file. */
export function parseState(text: string): TwinState {
  return JSON.parse(text) as TwinState;
}
