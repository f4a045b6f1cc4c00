import { HOUR } from '#shared/platform/instant.ts';
import { invalidRequest } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { choice, params, text } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { customerFrom } from './customers.ts';
import { configurationFor } from './portal-configurations.ts';
import { create } from './recording.ts';

/** A link to the portal for one customer. */
export interface PortalSession {
  readonly id: string;
  readonly object: 'billing_portal.session';
  readonly configuration: string;
  readonly created: number;
  readonly customer: string;
  readonly locale: string | null;
  readonly return_url: string | null;
  readonly url: string;
  /** Null: the portal's home page. */
  readonly update: CardUpdate | null;
  /** What makes the link hard to guess; a part of it. */
  readonly token: string;
}

/** The flow that has one purpose: another card. */
export interface CardUpdate {
  readonly afterwards: 'hosted_confirmation' | 'portal_homepage' | 'redirect';
  readonly redirectTo: string | null;
  readonly message: string | null;
}

/** Stripe calls them short-lived. */
const LINK_LIVES_FOR = HOUR;

export const portalSessionOperations = [
  operation({
    method: 'POST',
    path: '/v1/billing_portal/sessions',
    params: {
      configuration: text().optional(),
      customer: text(),
      flow_data: params({
        after_completion: params({
          hosted_confirmation: params({ custom_message: text(500).optional() }).optional(),
          redirect: params({ return_url: text() }).optional(),
          type: choice('hosted_confirmation', 'portal_homepage', 'redirect'),
        }).optional(),
        type: choice('payment_method_update'),
      }).optional(),
      locale: text().optional(),
      return_url: text().optional(),
    },
    handle({ world, params: wish }) {
      const configuration = configurationFor(world, wish.configuration);
      if (wish.flow_data && !configuration.offersCards) {
        throw invalidRequest('The configuration does not allow updates of payment methods.', {
          param: 'flow_data[type]',
        });
      }
      const token = world.ids.characters('portal', 32);
      const session: PortalSession = {
        id: world.ids.next('bps'),
        object: 'billing_portal.session',
        configuration: configuration.id,
        created: world.unixNow(),
        customer: customerFrom(world, wish.customer).id,
        locale: wish.locale ?? null,
        return_url: wish.return_url ?? configuration.default_return_url,
        url: `${world.settings.address}/p/session/${token}`,
        update: wish.flow_data ? cardUpdate(wish.flow_data.after_completion) : null,
        token,
      };
      const event = 'billing_portal.session.created';
      return presentPortalSession(world, create(world, 'billing_portal.session', event, session));
    },
  }),
];

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

interface AfterCompletion {
  readonly type: CardUpdate['afterwards'];
  readonly redirect?: { readonly return_url: string } | undefined;
  readonly hosted_confirmation?: { readonly custom_message?: string | undefined } | undefined;
}

function cardUpdate(after: AfterCompletion = { type: 'portal_homepage' }): CardUpdate {
  const redirectTo = after.type === 'redirect' ? (after.redirect?.return_url ?? null) : null;
  if (after.type === 'redirect' && redirectTo === null) {
    throw invalidRequest('Missing required param: flow_data[after_completion][redirect].', {
      param: 'flow_data[after_completion][redirect]',
      code: 'parameter_missing',
    });
  }
  return { afterwards: after.type, redirectTo, message: after.hosted_confirmation?.custom_message ?? null };
}
