import { create } from '../events/recording.ts';
import { customerFrom } from '../objects/customers.ts';
import { configurationFor } from '../objects/portal-configurations.ts';
import { presentPortalSession } from '../objects/portal-sessions.ts';
import type { CardUpdate, PortalSession } from '../records/portal-sessions.ts';
import { invalidRequest } from '../wire/errors.ts';
import { choice, params, text } from '../wire/params.ts';
import { operation } from './operation.ts';

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
