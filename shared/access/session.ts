import { type Instant, MINUTE } from '#shared/platform/instant.ts';
import { readLink, signLink } from './link-token.ts';

const NAME = 'dunlin-session';
const SESSION_LIVES = 30 * MINUTE;

/** The cookie of who has entered a code: for half an hour the account's bills are shown without another one. */
export function sessionCookie(secret: string, account: string, now: Instant): string {
  const value = signLink(secret, { to: 'session', account, subject: '', expiresAt: now + SESSION_LIVES });
  return `${NAME}=${value}; Path=/b/; Max-Age=${SESSION_LIVES / 1_000}; HttpOnly; Secure; SameSite=Lax`;
}

/** @param cookies as the browser sent them: `name=value` each */
export function hasSession(
  secrets: readonly string[],
  cookies: readonly string[],
  account: string,
  now: Instant,
): boolean {
  return cookies
    .filter(cookie => cookie.startsWith(`${NAME}=`))
    .map(cookie => readLink(secrets, cookie.slice(NAME.length + 1), now))
    .some(read => read.state === 'valid' && read.link.to === 'session' && read.link.account === account);
}
