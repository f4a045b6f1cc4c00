import { create, update } from '../events/recording.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import {
  configurationOf,
  NO_PROFILE,
  newConfiguration,
  presentPortalConfiguration,
} from '../objects/portal-configurations.ts';
import type { PortalConfiguration } from '../records/portal-configurations.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { clearable, flag, metadata, pageParams, params, text } from '../wire/params.ts';
import { operation } from './operation.ts';

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

/** Without what was not given. */
function present(profile: {
  readonly headline?: string | null | undefined;
  readonly privacy_policy_url?: string | undefined;
  readonly terms_of_service_url?: string | undefined;
}): Partial<PortalConfiguration['business_profile']> {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
}
