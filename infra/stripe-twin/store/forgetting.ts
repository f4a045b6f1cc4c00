import { DAY } from '#shared/platform/instant.ts';
import type { World } from './world.ts';

/** Stripe lists events of the last 30 days. */
const EVENTS_KEPT_FOR = 30 * DAY;

/** Longer than a link works. */
const SESSIONS_KEPT_FOR = DAY;

/** Stripe promises "at least 24 hours" for both: the twin forgets as soon as it may. */
const IDEMPOTENCY_KEPT_FOR = DAY;

const IDENTIFIER_UNIQUE_FOR = DAY;

/** Drops what nobody can ask for any more, so that a long run neither grows nor slows down. */
export function forgetOld(world: World): void {
  const { store } = world;
  const now = world.now();
  store.forget('event', event => event.created * 1_000 < now - EVENTS_KEPT_FOR);
  store.forget('billing_portal.session', session => session.created * 1_000 < now - SESSIONS_KEPT_FOR);
  store.forget('identifier', identifier => identifier.receivedAt <= now - IDENTIFIER_UNIQUE_FOR);
  store.forget('answer', answer => answer.at <= now - IDEMPOTENCY_KEPT_FOR);
}
