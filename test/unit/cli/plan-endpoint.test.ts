import { describe, expect, test } from 'vitest';
import { type EndpointNow, type EndpointWanted, planEndpoint } from '#infra/cli/setup/plan-endpoint.ts';

const WANTED: EndpointWanted = {
  url: 'https://api.example.com/stripe/webhook',
  version: '2026-10-28.endive',
  types: ['invoice.created', 'invoice.paid'],
  deployment: 'dunlin-prod-usage-1-eu-north-1',
};
const KNOWN = new Set(['f00d']);

function anEndpoint(different: Partial<EndpointNow> = {}): EndpointNow {
  const { url, version, types, deployment } = WANTED;
  return { id: 'we_1', url, version, types, deployment, isEnabled: true, secret: 'f00d', ...different };
}

describe('the endpoint of a deployment', () => {
  test('that is as wanted stays as it is', () => {
    expect(planEndpoint([anEndpoint()], WANTED, KNOWN)).toEqual({ kept: { id: 'we_1', changes: [] }, removed: [] });
  });

  test('is made where there is none, and others are left alone', () => {
    const ofAnotherStage = anEndpoint({ deployment: 'dunlin-dev-usage-1-eu-north-1' });
    const ofSomebody = anEndpoint({ url: 'https://shop.example.com/hook', deployment: undefined, secret: undefined });

    expect(planEndpoint([ofAnotherStage, ofSomebody], WANTED, KNOWN)).toEqual({ kept: undefined, removed: [] });
  });

  test.each<[string, Partial<EndpointNow>, string[]]>([
    ['another address', { url: 'https://old.example.com/stripe/webhook' }, ['url']],
    ['a type less', { types: ['invoice.paid'] }, ['types']],
    ['another type', { types: ['invoice.paid', 'invoice.sent'] }, ['types']],
    ['its types in another order', { types: ['invoice.paid', 'invoice.created'] }, []],
    ['switched off', { isEnabled: false }, ['enabled']],
  ])('with %s is corrected', (_, different, changes) => {
    expect(planEndpoint([anEndpoint(different)], WANTED, KNOWN).kept).toEqual({ id: 'we_1', changes });
  });

  test.each<[string, Partial<EndpointNow>]>([
    ['whose version is an older one', { version: '2026-03-25.dahlia' }],
    ['whose version is the account’s own', { version: undefined }],
    ['whose secret was never noted: the run broke off', { secret: undefined }],
    ['whose secret is not stored any more', { secret: 'cafe' }],
    ['that somebody registered by hand at the same address', { deployment: undefined, secret: undefined }],
  ])('%s is replaced', (_, different) => {
    const standing = anEndpoint(different);

    expect(planEndpoint([standing], WANTED, KNOWN)).toEqual({ kept: undefined, removed: [standing] });
  });

  test('is one: what an earlier run left beside it goes', () => {
    const left = anEndpoint({ id: 'we_0', secret: undefined });

    expect(planEndpoint([left, anEndpoint()], WANTED, KNOWN)).toEqual({
      kept: { id: 'we_1', changes: [] },
      removed: [left],
    });
  });
});
