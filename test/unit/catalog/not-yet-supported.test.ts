import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { aPlan, catalogFiles, type SourceFields } from '#test/builders/catalog.ts';

const SMS = { id: 'sms', kind: 'sms', price: { EUR: '0.10', SEK: '1.00' } };
const ALLOWANCE = { id: 'texts', kind: 'sms', amount: '100' };

const BOOSTER = { id: 'booster', name: { en: 'Booster' }, fee: { EUR: '1.00' }, allowances: [ALLOWANCE] };

const POLICY = {
  id: 'consumer',
  steps: [{ id: 'notice', after: '0 d', channel: ['email'], text: 'payment-failed' }],
};

function refusals(sections: SourceFields): string[] {
  const { problems } = compileCatalog(catalogFiles(sections));
  // Each says what to write instead.
  expect(problems.filter(({ hint }) => hint === undefined)).toEqual([]);
  return problems.map(({ code, reason }) => `${code}: ${reason}`);
}

describe('What the contract has and Dunlin does not do yet', () => {
  it.each<[SourceFields, string]>([
    [{ addOns: [{ ...BOOSTER, validity: 'once' }] }, 'addOns.validity'],
    [{ addOns: [{ ...BOOSTER, validity: { days: 1 } }] }, 'addOns.validity'],
    [{ bandRule: 'split' }, 'bandRule: split'],
    [{ dunning: [{ ...POLICY, basis: 'own' }] }, 'dunning.basis: own'],
    [{ dunning: [{ ...POLICY, retries: { funds: ['3 d'] } }] }, 'dunning.retries'],
    [{ dunning: [{ ...POLICY, experiment: { arms: 2 } }] }, 'dunning.experiment'],
    [{ dunning: [{ ...POLICY, steps: [{ id: 'end', after: '60 d', do: 'cancel' }] }] }, 'dunning.steps.do: cancel'],
    [{ taxes: 'stripe' }, 'taxes'],
    [{ taxes: [{ country: 'SE', rate: '25' }] }, 'taxes'],
    [{ latePolicy: { mode: 'credit' } }, 'latePolicy.mode: credit'],
    [{ plans: [aPlan({ migrate: 'keep' })] }, 'plans.migrate: keep'],
    [{ plans: [aPlan({ minimumSpend: { EUR: '5.00' } })] }, 'plans.minimumSpend'],
    [{ plans: [aPlan({ charges: [{ ...SMS, tiers: [{ upTo: 10, price: { EUR: '1' } }] }] })] }, 'plans.charges.tiers'],
  ])('%j is refused by name', (sections, field) => {
    expect(refusals(sections)).toEqual([`not-yet-supported: ${field} is not supported yet`]);
  });

  it('may stand there empty or with its default', () => {
    const empty = { addOns: [], brands: [], dunning: [], sources: [], taxes: [], texts: {}, bandRule: 'start' };
    const plan = aPlan({ migrate: 'move', minimumSpend: { EUR: '0.00' }, allowances: [{ ...ALLOWANCE, limits: [] }] });
    const late = { latePolicy: { mode: 'carry-forward', limit: '120 d' } };
    expect(refusals({ ...empty, ...late, plans: [plan] })).toEqual([]);
  });
});
