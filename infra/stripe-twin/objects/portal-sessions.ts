import { HOUR } from '#shared/platform/instant.ts';
import type { CardUpdate, PortalSession } from '../records/portal-sessions.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';

/** Stripe calls them short-lived. */
const LINK_LIVES_FOR = HOUR;

/** While its link works. */
export function sessionByToken(world: World, token: string): PortalSession | undefined {
  const session = [...world.store.all('billing_portal.session')].find(each => each.token === token);
  return session && session.created * 1_000 + LINK_LIVES_FOR > world.now() ? session : undefined;
}

export function presentPortalSession(_world: World, session: PortalSession): Wire {
  const { token, update, ...shown } = session;
  return {
    ...shown,
    after_expiration: null,
    customer_account: null,
    flow: update && flowOf(update),
    livemode: false,
    on_behalf_of: null,
  };
}

function flowOf({ afterwards, redirectTo, message }: CardUpdate): Wire {
  return {
    after_completion: {
      hosted_confirmation: afterwards === 'hosted_confirmation' ? { custom_message: message } : null,
      redirect: redirectTo === null ? null : { return_url: redirectTo },
      type: afterwards,
    },
    customer_update: null,
    subscription_cancel: null,
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type: 'payment_method_update',
  };
}
