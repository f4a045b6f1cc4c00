import * as z from 'zod';
import { sha256 } from '#shared/platform/digest.ts';
import { NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import { InvalidInput, NotYetSupported } from '#shared/platform/failure.ts';
import { type Instant, MINUTE, printInstant } from '#shared/platform/instant.ts';
import { type Lease, withLease } from '#shared/platform/lease.ts';
import { nearestFirst } from '#shared/platform/nearest-name.ts';
import { ABSENT, type Condition } from '#shared/platform/table.ts';
import { findAccount, findLine } from './account-book.ts';
import type { AccountServices } from './account-services.ts';
import { periodAt } from './billing-period.ts';
import { withAddOns } from './change-add-ons.ts';
import { claimIdentifiers } from './identifiers/claim-identifiers.ts';
import { changedIdentifiers, identifierChanges } from './identifiers/identifier-changes.ts';
import { identifiersOf, type LineNumbers } from './identifiers/service-identifier.ts';
import { tryToProvision } from './provisioning/try-to-provision.ts';
import { ACCOUNT_LEASE, type AccountItem, accountKey, accountLeaseKey } from './records/account-item.ts';
import type { LineFields, LinePatch } from './records/line-fields.ts';
import { lineKey, openAddOns, planOf, SubscriberLine } from './records/subscriber-line.ts';
import { unknownAccount, unknownLine } from './unknown-account.ts';

/** The line was written; if the work on it breaks off, the due index goes on with it after this time. */
const TAKEN_UP_AFTER = 5 * MINUTE;

/** Lines that one account ever has: their histories are read as a whole, and rated and billed by one function. */
export const MOST_LINES = 10_000;

/** What came of a change. */
export interface LineChange {
  readonly created: boolean;
  /** Fields that have another value now; of a new line none. */
  readonly changed: readonly string[];
}

/**
 * Makes or changes a subscriber line. The wish is written first (the line waits as a due item), then the provider is
 * brought to it; when that cannot be done now, the line is answered as `pending` and finished later.
 * @throws NotFound `unknown-account` · InvalidInput 422 `too-many-lines`, `unknown-plan`, `plan-not-priced`,
 * `unknown-add-on`, `add-on-not-priced`, `no-such-start`
 * @throws Conflict `number-taken` · NotYetSupported · Throttled `busy`
 */
export function putLine(
  services: AccountServices,
  account: string,
  line: string,
  fields: LineFields,
): Promise<LineChange> {
  return writeLine(services, { account, line }, fields, () => fields);
}

/**
 * Changes a line that is there by a merge patch (RFC 7396).
 * @throws NotFound `unknown-account`, `unknown-line`, and as `putLine`
 */
export function patchLine(
  services: AccountServices,
  account: string,
  line: string,
  patch: LinePatch,
): Promise<LineChange> {
  return writeLine(services, { account, line }, patch, known => {
    if (known === undefined) throw unknownLine(account, line);
    return { ...patch, msisdn: patch.msisdn ?? known.msisdn, plan: patch.plan ?? planOf(known) };
  });
}

async function writeLine(
  services: AccountServices,
  { account: accountId, line: lineId }: { readonly account: string; readonly line: string },
  asked: LineFields | LinePatch,
  fieldsOf: (known: SubscriberLine | undefined) => LineFields,
): Promise<LineChange> {
  if ((await findAccount(services.ledger, accountId)) === undefined) throw unknownAccount(accountId);
  const digest = sha256(JSON.stringify(asked)).slice(0, 16);
  const lease = { owner: `line:${lineId}:${digest}`, clock: services.clock, holdMs: ACCOUNT_LEASE };
  return withLease(services.ledger, accountLeaseKey(accountId), lease, async held => {
    const account = await findAccount(services.ledger, accountId);
    if (account === undefined) throw unknownAccount(accountId);
    const line = await findLine(services.ledger, accountId, lineId);
    const fields = fieldsOf(line);
    const numbers = numbersOf(fields, line);
    const addOns = fields.addOns === undefined ? line && openAddOns(line) : fields.addOns;
    const wish = { plan: fields.plan, from: fields.from, addOns: addOns ?? [], ...numbers };
    if (line === undefined) await addLine(services, account, lineId, wish, held);
    else await changeLine(services, account, line, wish, held);
    await tryToProvision(services, accountId, held);
    return { created: line === undefined, changed: line === undefined ? [] : changedFields(line, wish) };
  });
}

/** What is left out stays; `null` takes it away. */
function numbersOf({ msisdn, imsi, iccid }: LineFields, line: SubscriberLine | undefined): LineNumbers {
  return {
    msisdn,
    imsi: imsi === undefined ? line?.imsi : (imsi ?? undefined),
    iccid: iccid === undefined ? line?.iccid : (iccid ?? undefined),
  };
}

function changedFields(line: SubscriberLine, wish: LineWish): string[] {
  const numbers = (['msisdn', 'imsi', 'iccid'] as const).filter(name => line[name] !== wish[name]);
  return [...numbers, ...(hasOtherAddOns(line, wish) ? ['addOns'] : [])];
}

function hasOtherAddOns(line: SubscriberLine, { addOns }: LineWish): boolean {
  return openAddOns(line).toSorted().join('\n') !== addOns.toSorted().join('\n');
}

type LineWish = Pick<LineFields, 'plan' | 'from'> & LineNumbers & { readonly addOns: readonly string[] };

async function addLine(
  services: AccountServices,
  account: AccountItem,
  lineId: string,
  fields: LineWish,
  lease: Lease,
): Promise<void> {
  if (account.lines >= MOST_LINES) {
    const rule = `An account has at most ${MOST_LINES} lines, those that ended counted.`;
    throw new InvalidInput(422, 'too-many-lines', `${rule} Give further ones to another account.`);
  }
  const now = services.clock();
  const from = fields.from ?? now;
  await checkStart(services, account, from, now);
  await checkPlan(services, account, fields.plan, from);
  await checkAddOns(services, account, fields.addOns, now);
  const changes = { gained: identifiersOf(lineId, fields), given: [] };
  const key = lineKey(account.account, lineId);
  const item = (names: readonly string[]): SubscriberLine => ({
    kind: 'line',
    account: account.account,
    line: lineId,
    msisdn: fields.msisdn,
    imsi: fields.imsi,
    iccid: fields.iccid,
    addOns: withAddOns([], fields.addOns, from),
    state: 'pending',
    from,
    plans: [{ plan: fields.plan, from }],
    names: changedIdentifiers([], { gained: names, given: [] }, from),
    place: account.lines,
    billed: false,
    ...NEVER_TAKEN,
  });
  await claimIdentifiers(services.ledger, {
    account: account.account,
    line: lineId,
    changes,
    at: from,
    with: gained => [
      {
        put: { ...key, ...z.encode(SubscriberLine, item(gained)), ...wakesAt(key, now + TAKEN_UP_AFTER) },
        condition: ABSENT,
      },
      { update: accountKey(account.account), change: { set: { lines: account.lines + 1 } } },
      lease.fenced,
    ],
  });
}

/** A line that is there keeps its start; its numbers may change (another SIM, another number), from now on. */
async function changeLine(
  services: AccountServices,
  account: AccountItem,
  line: SubscriberLine,
  fields: LineWish,
  lease: Lease,
): Promise<void> {
  if (fields.plan !== planOf(line)) throw new NotYetSupported('A change of plan');
  if (hasOtherAddOns(line, fields)) await checkAddOns(services, account, newAddOns(line, fields), services.clock());
  const changes = identifierChanges(line.names, identifiersOf(line.line, fields));
  const now = services.clock();
  const key = lineKey(line.account, line.line);
  const isHeld: Condition = { expression: 'attribute_exists(pk)' };
  const addOns = withAddOns(line.addOns, fields.addOns, Math.max(now, line.from));
  const isSettled = line.billed && line.state !== 'pending' && !hasOtherAddOns(line, fields);
  const waits = isSettled ? {} : wakesAt(key, now + TAKEN_UP_AFTER);
  await claimIdentifiers(services.ledger, {
    account: line.account,
    line: line.line,
    changes,
    // A line of which the start lies ahead by a clock's difference cannot change before it.
    at: Math.max(now, line.from),
    with: gained => {
      const names = changedIdentifiers(line.names, { ...changes, gained }, Math.max(now, line.from));
      const encoded = z.encode(SubscriberLine.pick({ names: true, addOns: true }), { names, addOns });
      const numbers = { msisdn: fields.msisdn, imsi: fields.imsi, iccid: fields.iccid };
      return [{ update: key, change: { set: { ...numbers, ...encoded, ...waits } }, condition: isHeld }, lease.fenced];
    },
  });
}

async function checkStart(services: AccountServices, account: AccountItem, from: Instant, now: Instant): Promise<void> {
  if (from > now) throw new NotYetSupported('A start in the future');
  const period = await periodAt(services.ledger, account, now, services.billingHour);
  if (from < period.start) throw new NotYetSupported('A start before the current billing period');
  if (from < period.billedFrom) throw new NotYetSupported("A start before that of the account's first line");
}

async function checkPlan(services: AccountServices, account: AccountItem, plan: string, at: Instant): Promise<void> {
  const offered = await services.tariff.plan(plan, at);
  if (offered === undefined) throw unknownPlan(plan, await services.tariff.plans(at), at);
  if (offered.parts(account.currency) === undefined) {
    const sold = offered.currencies.join(', ');
    const detail = `The plan ${plan} is not sold in ${account.currency}; it is in ${sold}.`;
    throw new InvalidInput(422, 'plan-not-priced', detail);
  }
}

/** Those that it did not have: one that a newer catalog does not have any more may stay. */
function newAddOns(line: SubscriberLine, { addOns }: LineWish): string[] {
  const known = new Set(openAddOns(line));
  return addOns.filter(addOn => !known.has(addOn));
}

async function checkAddOns(
  services: AccountServices,
  { currency }: AccountItem,
  addOns: readonly string[],
  at: Instant,
): Promise<void> {
  for (const addOn of addOns) {
    const offered = await services.tariff.addOn(addOn, at);
    if (offered === undefined) {
      const known = await services.tariff.addOns(at);
      const there = known.length === 0 ? 'There are none.' : `There are: ${nearestFirst(addOn, known).join(', ')}.`;
      throw new InvalidInput(422, 'unknown-add-on', `There is no add-on ${addOn} at ${printInstant(at)}. ${there}`);
    }
    if (offered.parts(currency) === undefined) {
      const detail = `The add-on ${addOn} is not sold in ${currency}; it is in ${offered.currencies.join(', ')}.`;
      throw new InvalidInput(422, 'add-on-not-priced', detail);
    }
  }
}

function unknownPlan(plan: string, plans: readonly string[], at: Instant): InvalidInput {
  const day = printInstant(at);
  const detail =
    plans.length === 0
      ? `No catalog is in force at ${day}, so no plan either. Publish one that is, or give a later \`from\`.`
      : `There is no plan ${plan} at ${day}. There are: ${nearestFirst(plan, plans).join(', ')}.`;
  return new InvalidInput(422, 'unknown-plan', detail);
}
