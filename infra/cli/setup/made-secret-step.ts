import { randomBytes } from 'node:crypto';
import type { Finding } from './finding.ts';
import type { Parameters } from './parameters.ts';

/** A secret of ours: made at random where there is none, and never replaced. `told` says how others get to know it. */
export async function settleMadeSecret(
  { parameters, isDry }: { readonly parameters: Parameters; readonly isDry: boolean },
  { subject, name, told }: { readonly subject: string; readonly name: string; readonly told: string },
): Promise<Finding> {
  if ((await parameters.read(name)) !== undefined) return { mark: 'ok', subject, text: `${name} is there. ${told}` };
  if (isDry) return { mark: 'would', subject, text: `Would make ${name} at random. ${told}` };
  await parameters.putNew(name, randomBytes(32).toString('base64url'));
  return { mark: 'made', subject, text: `Made ${name} at random. ${told}` };
}
