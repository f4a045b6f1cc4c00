import type { $ZodIssue } from 'zod/v4/core';
import { fieldsAt, PARSING } from '#shared/platform/http/failure-details.ts';
import { nearestFirst } from '#shared/platform/nearest-name.ts';
import { CatalogSource } from './catalog-source.ts';
import type { Findings, SourcePath } from './problem.ts';

/**
 * Checks the shape of the sections. Unknown fields are told and left out, so that everything else can still be checked;
 * with another fault in the shape the answer is `undefined`.
 */
export function readSource(sections: Readonly<Record<string, unknown>>, findings: Findings): CatalogSource | undefined {
  const first = CatalogSource.safeParse(sections, PARSING);
  if (first.success) return first.data;
  for (const issue of first.error.issues) reportIssue(issue, findings);
  const known = structuredClone(sections);
  for (const issue of first.error.issues) {
    if (issue.code === 'unrecognized_keys') leaveOut(known, pathOf(issue), issue.keys);
  }
  return CatalogSource.safeParse(known).data;
}

function reportIssue(issue: $ZodIssue, findings: Findings): void {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(CatalogSource, path.map(String));
    for (const key of issue.keys) {
      const hint = known.length === 0 ? undefined : `there are: ${nearestFirst(key, known).join(', ')}`;
      findings.at([...path, key], 'unknown-field', `"${key}" is not a field here`, hint);
    }
    return;
  }
  const field = path.at(-1) ?? '';
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    findings.at(path, 'missing-field', `"${field}" is missing`);
  } else findings.at(path, 'invalid-value', `"${field}": ${issue.message}`);
}

function pathOf(issue: $ZodIssue): (string | number)[] {
  return issue.path.map(step => (typeof step === 'number' ? step : String(step)));
}

function leaveOut(value: unknown, path: SourcePath, keys: readonly string[]): void {
  let at = value;
  for (const step of path) at = isFields(at) ? at[String(step)] : undefined;
  if (isFields(at)) for (const key of keys) delete at[key];
}

/** Objects and lists alike: both are walked by name. */
function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
