/** Names of the SDK's errors. https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html */
const CREDENTIALS = ['CredentialsProviderError', 'TokenProviderError'];
const REFUSED = ['UnrecognizedClientException', 'InvalidSignatureException', 'InvalidClientTokenId', 'AuthFailure'];
const OUTDATED = ['ExpiredTokenException', 'ExpiredToken', 'RequestExpired'];
const CONNECTION = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT'];

/** Why AWS could not be asked, and what to do: a sentence for whoever called `dunlin`. */
export function whyUnreachable(error: unknown, env: NodeJS.ProcessEnv): string {
  const { name, message, code } = facts(error);
  const where = env.AWS_ENDPOINT_URL ?? 'AWS';
  if (/region is missing/i.test(message)) return 'no region is set. Set AWS_REGION, such as AWS_REGION=eu-north-1.';
  if (CREDENTIALS.includes(name)) {
    return 'there are no AWS credentials here. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (any, for the local cloud).';
  }
  if (OUTDATED.includes(name)) return 'the AWS credentials have expired. Sign in again (aws sso login).';
  if (REFUSED.includes(name)) return `AWS does not know the credentials (${name}). Look at AWS_PROFILE.`;
  if (name === 'AccessDeniedException') return `the credentials lack a right: ${message}`;
  if (CONNECTION.includes(code)) {
    const remedy =
      env.AWS_ENDPOINT_URL === undefined
        ? 'Is this machine online, and is AWS_REGION a region that exists?'
        : 'Does the local cloud run (npm start), and is AWS_ENDPOINT_URL the address that it printed?';
    return `nothing answers at ${where} (${code}). ${remedy}`;
  }
  return `${name}: ${message}`;
}

function facts(error: unknown): { readonly name: string; readonly message: string; readonly code: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: '' };
  // Where several addresses were tried, the first failure stands for all.
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return { name: error.name, message: error.message, code: String(Reflect.get(Object(first), 'code') ?? '') };
}
