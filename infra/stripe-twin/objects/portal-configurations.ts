import type { PortalConfiguration } from '../records/portal-configurations.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { noSuch, noSuchParam } from '../wire/errors.ts';

/** The one that a session names, else the account's default one, which is there as if saved in the dashboard. */
export function configurationFor(world: World, id: string | undefined): PortalConfiguration {
  if (id !== undefined) {
    const configuration = world.store.get('billing_portal.configuration', id);
    if (!configuration) throw noSuchParam('configuration', id, 'configuration');
    return configuration;
  }
  const standing = [...world.store.all('billing_portal.configuration')].find(each => each.is_default);
  if (standing) return standing;
  const configuration = { ...newConfiguration(world), is_default: true, offersCards: true, offersInvoices: true };
  world.store.put('billing_portal.configuration', configuration.id, configuration);
  return configuration;
}

export function configurationOf(world: World, id: string): PortalConfiguration {
  const configuration = world.store.get('billing_portal.configuration', id);
  if (!configuration) throw noSuch('configuration', id, 'configuration');
  return configuration;
}

export function presentPortalConfiguration(_world: World, configuration: PortalConfiguration): Wire {
  const { offersCards, offersInvoices, ...shown } = configuration;
  return {
    ...shown,
    application: null,
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: offersInvoices },
      payment_method_update: { enabled: offersCards, payment_method_configuration: null },
      subscription_cancel: {
        cancellation_reason: { enabled: false, options: [] },
        enabled: false,
        mode: 'at_period_end',
        proration_behavior: 'none',
      },
      subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
      subscription_update: {
        billing_cycle_anchor: 'unchanged',
        default_allowed_updates: [],
        enabled: false,
        products: [],
        proration_behavior: 'none',
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: 'end_trial',
      },
    },
    livemode: false,
    login_page: { enabled: false, url: null },
    name: null,
  };
}

export const NO_PROFILE = { headline: null, privacy_policy_url: null, terms_of_service_url: null };

export function newConfiguration(world: World): PortalConfiguration {
  return {
    id: world.ids.next('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    business_profile: NO_PROFILE,
    created: world.unixNow(),
    default_return_url: null,
    is_default: false,
    metadata: {},
    updated: world.unixNow(),
    offersCards: false,
    offersInvoices: false,
  };
}
