import { noSuch, noSuchParam } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { clearable, flag, metadata, pageParams, params, text } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { given, type Metadata, mergeMetadata } from './metadata.ts';
import { create, update } from './recording.ts';

/** What the portal offers: here the card and the list of invoices. */
export interface PortalConfiguration {
  readonly id: string;
  readonly object: 'billing_portal.configuration';
  readonly active: boolean;
  readonly business_profile: {
    readonly headline: string | null;
    readonly privacy_policy_url: string | null;
    readonly terms_of_service_url: string | null;
  };
  readonly created: number;
  readonly default_return_url: string | null;
  readonly is_default: boolean;
  readonly metadata: Metadata;
  readonly updated: number;
  /** Shown among the features. */
  readonly offersCards: boolean;
  readonly offersInvoices: boolean;
}

const switchable = () => params({ enabled: flag() }).optional();

const shared = {
  business_profile: params({
    headline: clearable(text(60)).optional(),
    privacy_policy_url: text().optional(),
    terms_of_service_url: text().optional(),
  }).optional(),
  default_return_url: clearable(text()).optional(),
  metadata: metadata().optional(),
};

export const portalConfigurationOperations = [
  operation({
    method: 'POST',
    path: '/v1/billing_portal/configurations',
    params: { ...shared, features: params({ invoice_history: switchable(), payment_method_update: switchable() }) },
    handle({ world, params: { features, business_profile, default_return_url, metadata } }) {
      const configuration: PortalConfiguration = {
        ...newConfiguration(world),
        business_profile: { ...NO_PROFILE, ...present(business_profile ?? {}) },
        default_return_url: default_return_url ?? null,
        metadata: metadata ?? {},
        offersCards: features.payment_method_update?.enabled ?? false,
        offersInvoices: features.invoice_history?.enabled ?? false,
      };
      const event = 'billing_portal.configuration.created';
      return presentPortalConfiguration(world, create(world, 'billing_portal.configuration', event, configuration));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/billing_portal/configurations',
    params: { ...pageParams, active: flag().optional(), is_default: flag().optional() },
    handle({ world, params: filter, path }) {
      const configurations = newestFirst(
        world.store.all('billing_portal.configuration'),
        each =>
          (filter.active === undefined || each.active === filter.active) &&
          (filter.is_default === undefined || each.is_default === filter.is_default),
      );
      return pageOf(configurations, filter, path, each => presentPortalConfiguration(world, each));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/billing_portal/configurations/{configuration}',
    params: {},
    handle: ({ world, ids }) => presentPortalConfiguration(world, configurationOf(world, ids.configuration)),
  }),
  operation({
    method: 'POST',
    path: '/v1/billing_portal/configurations/{configuration}',
    params: {
      ...shared,
      active: flag().optional(),
      features: params({ invoice_history: switchable(), payment_method_update: switchable() }).optional(),
    },
    handle({ world, params: { features, active, business_profile, default_return_url, metadata }, ids }) {
      const standing = configurationOf(world, ids.configuration);
      const next = update(world, 'billing_portal.configuration', 'billing_portal.configuration.updated', {
        ...standing,
        active: active ?? standing.active,
        business_profile: { ...standing.business_profile, ...present(business_profile ?? {}) },
        default_return_url: given(default_return_url, standing.default_return_url),
        metadata: mergeMetadata(standing.metadata, metadata),
        offersCards: features?.payment_method_update?.enabled ?? standing.offersCards,
        offersInvoices: features?.invoice_history?.enabled ?? standing.offersInvoices,
        updated: world.unixNow(),
      });
      return presentPortalConfiguration(world, next);
    },
  }),
];

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

const NO_PROFILE = { headline: null, privacy_policy_url: null, terms_of_service_url: null };

function newConfiguration(world: World): PortalConfiguration {
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

/** Without what was not given. */
function present(profile: {
  readonly headline?: string | null | undefined;
  readonly privacy_policy_url?: string | undefined;
  readonly terms_of_service_url?: string | undefined;
}): Partial<PortalConfiguration['business_profile']> {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
}
