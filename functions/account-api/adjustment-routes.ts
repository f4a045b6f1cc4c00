import { readAccount } from '#shared/accounts/read-lines.ts';
import { type Adding, addCharge, addCredit, addInstalments } from '#shared/adjustments/add-adjustments.ts';
import type { AdjustmentKind } from '#shared/adjustments/adjustment.ts';
import { adjustmentAnswer, planAnswer } from '#shared/adjustments/adjustment-answer.ts';
import { cancelAdjustment, cancelPlan, settlePlan } from '#shared/adjustments/change-adjustments.ts';
import { adjustmentsOf, findAdjustment, findPlan, plansOf } from '#shared/adjustments/read-adjustments.ts';
import { adjustmentOperations } from '#shared/api/adjustment-operations.ts';
import { billId } from '#shared/invoicing/objects/bill-item.ts';
import { NotFound } from '#shared/platform/failure.ts';
import { created, ok } from '#shared/platform/http/answer.ts';
import { type ListRequest, pageOfAll } from '#shared/platform/http/listing.ts';
import { type Handlers, routesFor } from '#shared/platform/http/route.ts';
import type { AccountRouteServices } from './services.ts';

const handlers: Handlers<typeof adjustmentOperations, AccountRouteServices> = {
  addCharge: async (request, services) => {
    const adding = await addingTo(services, request.params.account, request.identity);
    return created(adjustmentAnswer(await addCharge(services.accounts.ledger, adding, request.body), billId));
  },
  listCharges: (request, services) => list(request, services, 'charge'),
  getCharge: async ({ params }, services) =>
    ok(adjustmentAnswer(await read(services, params.account, 'charge', params.charge), billId)),
  cancelCharge: ({ params }, services) => cancel(services, params.account, 'charge', params.charge),
  addCredit: async (request, services) => {
    const adding = await addingTo(services, request.params.account, request.identity);
    return created(adjustmentAnswer(await addCredit(services.accounts.ledger, adding, request.body), billId));
  },
  listCredits: (request, services) => list(request, services, 'credit'),
  getCredit: async ({ params }, services) =>
    ok(adjustmentAnswer(await read(services, params.account, 'credit', params.credit), billId)),
  cancelCredit: ({ params }, services) => cancel(services, params.account, 'credit', params.credit),
  addInstalments: async (request, services) => {
    const { account } = request.params;
    const adding = await addingTo(services, account, request.identity);
    const { id } = await addInstalments(services.accounts.ledger, adding, request.body);
    return created(planAnswer(await readPlan(services, account, id), billId));
  },
  listInstalments: async (request, services) => {
    const { account } = request.params;
    await readAccount(services.accounts, account);
    const plans = await plansOf(services.accounts.ledger, account);
    return pageOfAll(
      request,
      plans,
      ({ plan }) => plan.id,
      plan => planAnswer(plan, billId),
    );
  },
  getInstalments: async ({ params }, services) =>
    ok(planAnswer(await readPlan(services, params.account, params.instalment), billId)),
  cancelInstalments: async ({ params }, services) => {
    await cancelPlan(services.accounts.ledger, await readPlan(services, params.account, params.instalment));
    return ok(planAnswer(await readPlan(services, params.account, params.instalment), billId));
  },
  settleInstalments: async ({ params }, services) => {
    const { ledger, clock } = services.accounts;
    await settlePlan(ledger, await readPlan(services, params.account, params.instalment), clock());
    return ok(planAnswer(await readPlan(services, params.account, params.instalment), billId));
  },
};

export const adjustmentRoutes = routesFor(adjustmentOperations, handlers);

async function addingTo({ accounts }: AccountRouteServices, id: string, identity: string): Promise<Adding> {
  return { account: await readAccount(accounts, id), identity, now: accounts.clock() };
}

async function list(
  request: ListRequest & { readonly params: { readonly account: string }; readonly query: { readonly limit: number } },
  { accounts }: AccountRouteServices,
  kind: AdjustmentKind,
) {
  await readAccount(accounts, request.params.account);
  const all = await adjustmentsOf(accounts.ledger, request.params.account, kind);
  return pageOfAll(
    request,
    all,
    ({ id }) => id,
    adjustment => adjustmentAnswer(adjustment, billId),
  );
}

async function cancel({ accounts }: AccountRouteServices, account: string, kind: AdjustmentKind, id: string) {
  const adjustment = await read({ accounts }, account, kind, id);
  await cancelAdjustment(accounts.ledger, adjustment);
  return ok(adjustmentAnswer({ ...adjustment, state: 'cancelled' }, billId));
}

async function read(
  { accounts }: Pick<AccountRouteServices, 'accounts'>,
  account: string,
  kind: AdjustmentKind,
  id: string,
) {
  await readAccount(accounts, account);
  const found = await findAdjustment(accounts.ledger, account, kind, id);
  if (found === undefined) throw unknown(account, kind, id);
  return found;
}

async function readPlan({ accounts }: AccountRouteServices, account: string, id: string) {
  await readAccount(accounts, account);
  const found = await findPlan(accounts.ledger, account, id);
  if (found === undefined) throw unknown(account, 'instalment', id);
  return found;
}

function unknown(account: string, kind: AdjustmentKind, id: string): NotFound {
  const path = `GET /v1/accounts/${account}/${kind}s`;
  return new NotFound('unknown-adjustment', `The account has no ${kind} ${id}. ${path} lists those that there are.`);
}
