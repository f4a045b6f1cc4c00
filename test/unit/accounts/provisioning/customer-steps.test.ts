import { describe, expect, it } from 'vitest';
import type { ProvisioningActual } from '#shared/accounts/provisioning/actual.ts';
import { provisioningSteps } from '#shared/accounts/provisioning/provisioning-steps.ts';
import { provisioningTarget } from '#shared/accounts/provisioning/target.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { aStoredAccount, at, ledgerFacts } from '#test/builders/provisioning.ts';

const now = at('2026-11-10T12:00:00Z');

function stepsFor(account: Partial<AccountItem>, actual: ProvisioningActual = {}) {
  const facts = ledgerFacts(aStoredAccount(account));
  return provisioningSteps(provisioningTarget(facts, new Map(), now), actual, facts, now);
}

const fresh = { number: 0, since: now, at: now, failed: false };
const used = { ...fresh, failed: true };

describe('the customer of an account', () => {
  const details = { name: 'Example AB', email: 'billing@example.com', locale: 'en' };

  it('is made, then given the details', () => {
    expect(stepsFor({})).toEqual([
      { kind: 'create-customer', attempt: fresh },
      { kind: 'describe-customer', details, digest: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ]);
  });

  it.each([
    ['again under the same number, while that may be sent', fresh, 0],
    ['under the next number, after an answered failure', used, 1],
  ])('is made %s', (_, customerAttempt, number) => {
    expect(stepsFor({ customerAttempt })[0]).toMatchObject({ kind: 'create-customer', attempt: { number } });
  });

  it('is taken over when an attempt had made it', () => {
    expect(stepsFor({ customerAttempt: used }, { lostCustomer: 'cus_1' })[0]).toEqual({
      kind: 'adopt-customer',
      customer: 'cus_1',
    });
  });

  it('is given the details again when one of them changed, and only then', () => {
    const [step] = stepsFor({ stripeCustomer: 'cus_1' });
    const digest = step?.kind === 'describe-customer' ? step.digest : '';
    const known = { stripeCustomer: 'cus_1', stripeCustomerDetails: digest };

    expect(stepsFor(known)).toEqual([]);
    expect(stepsFor({ ...known, taxIds: [], segment: 'vip' })).toEqual([]);
    expect(stepsFor({ ...known, email: 'new@example.com' })).toMatchObject([{ kind: 'describe-customer' }]);
    expect(stepsFor({ ...known, locale: 'sv' })).toMatchObject([{ kind: 'describe-customer' }]);
  });
});

describe('the tax ids of a customer', () => {
  const vat = { type: 'eu_vat', value: 'SE556677889901' };
  const other = { type: 'no_vat', value: '123456789MVA' };

  function taxIdSteps(account: Partial<AccountItem>, taxIds: NonNullable<ProvisioningActual['taxIds']>) {
    const steps = stepsFor({ stripeCustomer: 'cus_1', ...account }, { taxIds });
    return steps.filter(({ kind }) => kind !== 'describe-customer');
  }

  it('are sent where they are missing, each under its own attempt', () => {
    const stripeTaxIds = [{ ...other, attempt: used }];

    expect(taxIdSteps({ taxIds: [vat, other], stripeTaxIds }, [])).toEqual([
      { kind: 'add-tax-id', taxId: vat, attempt: fresh },
      { kind: 'add-tax-id', taxId: other, attempt: { ...fresh, number: 1 } },
    ]);
  });

  it('are not sent again where the provider has them, however it writes them', () => {
    const taxIds = [{ type: 'eu_vat', value: 'SE 5566.7788-9901' }];

    expect(taxIdSteps({ taxIds }, [{ ...vat, id: 'txi_1' }])).toEqual([
      { kind: 'adopt-tax-id', taxId: taxIds[0], id: 'txi_1' },
    ]);
    expect(taxIdSteps({ taxIds: [vat], stripeTaxIds: [{ ...vat, id: 'txi_1', attempt: fresh }] }, [])).toEqual([]);
  });

  it.each([
    ['are removed where we sent them', { ...vat, id: 'txi_1', attempt: fresh }, 'remove-tax-id'],
    ['are removed where an attempt got through that nobody heard of', { ...vat, attempt: used }, 'remove-tax-id'],
    ['stay where a person had put them', { ...vat, id: 'txi_1' }, 'forget-tax-id'],
    ['are forgotten where a person removed them', { ...vat, id: 'txi_9', attempt: fresh }, 'forget-tax-id'],
  ])('that the account has no longer %s', (_, note, kind) => {
    expect(taxIdSteps({ stripeTaxIds: [note] }, [{ ...vat, id: 'txi_1' }])).toMatchObject([{ kind, taxId: vat }]);
  });
});
