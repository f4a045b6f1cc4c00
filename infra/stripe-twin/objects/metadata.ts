import type { Metadata } from '../records/metadata.ts';

/** Names that are given replace, `''` removes, the rest stays; `{}` from an empty string removes all. */
export function mergeMetadata(standing: Metadata, given: Metadata | undefined): Metadata {
  if (given === undefined) return standing;
  if (Object.keys(given).length === 0) return {};
  const merged = Object.entries({ ...standing, ...given }).filter(([, value]) => value !== '');
  return Object.fromEntries(merged);
}

/** The parameter where it was given (also `null`, which unsets), else what stands. */
export function given<Parameter, Standing>(parameter: Parameter | undefined, standing: Standing): Parameter | Standing {
  return parameter === undefined ? standing : parameter;
}
