/** A sandbox at Stripe that stands where the twin would. */
export interface Sandbox {
  /** `sk_test_...` or `rk_test_...` */
  readonly key: string;
  /** `https://api.stripe.com` */
  readonly apiBase: string;
}

const TEST_KEY = /^(sk|rk)_test_\w+$/;
const LIVE_KEY = /^(sk|rk)_live_/;
const REAL = 'https://api.stripe.com';

/**
 * What the environment says: `STRIPE_SECRET_KEY`, and `STRIPE_API_BASE` for something else that speaks as Stripe does.
 * `undefined`: nothing, so the twin plays Stripe. @throws a sentence for a key that must not get here
 */
export function sandboxIn(env: NodeJS.ProcessEnv): Sandbox | undefined {
  const key = env.STRIPE_SECRET_KEY ?? '';
  if (key === '') return undefined;
  if (LIVE_KEY.test(key)) {
    throw new Error('STRIPE_SECRET_KEY is a live key: the local cloud would charge real cards. Give a test key.');
  }
  if (!TEST_KEY.test(key))
    throw new Error('STRIPE_SECRET_KEY is not a test key of Stripe (sk_test_... or rk_test_...).');
  return { key, apiBase: apiBaseIn(env) };
}

function apiBaseIn(env: NodeJS.ProcessEnv): string {
  const given = env.STRIPE_API_BASE ?? '';
  if (given === '') return REAL;
  const { protocol, hostname, origin } = URL.parse(given) ?? {};
  const isSafe = protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
  if (origin === undefined || !isSafe) throw new Error(`STRIPE_API_BASE: "${given}" is not an https address.`);
  return origin;
}

/** Whether this is a key that must not leave this machine from here. */
export function isTestKey(key: string): boolean {
  return TEST_KEY.test(key);
}
