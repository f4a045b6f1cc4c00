import type * as z from 'zod';

/** Reads a function's settings once, at start; every missing or malformed name stands in the one message. */
export function parseEnv<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv = process.env): z.infer<S> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The function's environment is incomplete:\n  ${problems.join('\n  ')}`);
}
