import { decimal, isZero, parseDecimal } from '#shared/money/decimal.ts';
import type { Findings, SourcePath } from './problem.ts';

type Fields = Record<string, unknown>;

const LATE_MODES_TO_COME = ['credit', 'hold'];

/** Sections that must be empty so far. */
const SECTIONS = ['taxes'];
const PLAN_FIELDS = ['validity'];
const ALLOWANCE_FIELDS = ['validity'];
const CHARGE_FIELDS = ['tiers'];
const DUNNING_FIELDS = ['retries', 'experiment'];

/** What to write in its place, by the name of the field. */
const INSTEAD: Readonly<Record<string, string>> = {
  taxes: 'leave it out; amounts are billed as they are written, without tax',
  bandRule: 'leave it out: a call has the price of the band in which it starts',
  mode: 'carry-forward and write-off are those that there are',
  migrate: 'leave it out: lines have new terms from their next period on',
  minimumSpend: 'put the least that you want into the fee',
  validity: 'leave it out: it lasts a period',
  tiers: 'take one price, or a table with "after" for prices that change within a record',
  basis: 'leave it out: Stripe tries again by its own settings',
  retries: 'set Smart Retries at Stripe',
  experiment: 'write two policies, and tell accounts apart by segment',
  do: 'end with collections or write-off',
};

/**
 * What the contract's catalog has and rating does not do yet is named as `not-yet-supported`; left out where it is
 * empty or says the default. The answer holds the rest.
 */
export function refuseUnsupported(sections: Readonly<Fields>, findings: Findings): Fields {
  const rest = without(sections, [], SECTIONS, findings);
  dropDefault(rest, [], 'bandRule', 'start', findings);
  if (isFields(rest.latePolicy) && isText(rest.latePolicy.mode) && LATE_MODES_TO_COME.includes(rest.latePolicy.mode)) {
    refuse(['latePolicy', 'mode'], rest.latePolicy.mode, findings);
    delete rest.latePolicy;
  }
  // An empty YAML value is an empty text here.
  for (const section of ['addOns', 'brands', 'dunning', 'sources', 'texts'])
    if (rest[section] === '') delete rest[section];
  rest.dunning = eachOf(rest.dunning, (policy, index) => policyRest(policy, ['dunning', index], findings));
  if (Array.isArray(rest.plans)) {
    rest.plans = rest.plans.map((plan: unknown, index) =>
      isFields(plan) ? planRest(plan, ['plans', index], findings) : plan,
    );
  }
  rest.addOns = eachOf(rest.addOns, (addOn, index) => planRest(addOn, ['addOns', index], findings));
  return rest;
}

function eachOf(list: unknown, change: (entry: Fields, index: number) => Fields): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown, index) => (isFields(entry) ? change(entry, index) : entry));
}

function policyRest(policy: Readonly<Fields>, path: SourcePath, findings: Findings): Fields {
  const rest = without(policy, path, DUNNING_FIELDS, findings);
  dropDefault(rest, path, 'basis', 'follow', findings);
  rest.steps = eachOf(rest.steps, (step, index) => {
    if (step.do !== 'cancel') return step;
    refuse([...path, 'steps', index, 'do'], 'cancel', findings);
    // In its place, so that the step does something.
    return { ...step, do: 'write-off' };
  });
  return rest;
}

function planRest(plan: Readonly<Fields>, path: SourcePath, findings: Findings): Fields {
  const rest = without(plan, path, PLAN_FIELDS, findings);
  dropDefault(rest, path, 'migrate', 'move', findings);
  if ('minimumSpend' in rest) {
    if (!isAllZero(rest.minimumSpend)) refuse([...path, 'minimumSpend'], undefined, findings);
    delete rest.minimumSpend;
  }
  rest.allowances = eachRest(rest.allowances, [...path, 'allowances'], ALLOWANCE_FIELDS, findings);
  rest.charges = eachRest(rest.charges, [...path, 'charges'], CHARGE_FIELDS, findings);
  if (rest.allowances === undefined) delete rest.allowances;
  if (rest.charges === undefined) delete rest.charges;
  return rest;
}

function eachRest(list: unknown, path: SourcePath, fields: readonly string[], findings: Findings): unknown {
  if (list === '') return undefined;
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown, index) => {
    if (!isFields(entry)) return entry;
    return without(entry, [...path, index], fields, findings);
  });
}

function without(from: Readonly<Fields>, path: SourcePath, fields: readonly string[], findings: Findings): Fields {
  const rest = { ...from };
  for (const field of fields) {
    if (!isEmpty(rest[field])) refuse([...path, field], undefined, findings);
    delete rest[field];
  }
  return rest;
}

function dropDefault(fields: Fields, path: SourcePath, field: string, byDefault: string, findings: Findings): void {
  const value = fields[field];
  if (isText(value) && value !== '' && value !== byDefault) refuse([...path, field], value, findings);
  delete fields[field];
}

function refuse(path: SourcePath, value: string | undefined, findings: Findings): void {
  const names = path.filter(step => typeof step === 'string');
  const field = `${names.join('.')}${value === undefined ? '' : `: ${value}`}`;
  findings.at(path, 'not-yet-supported', `${field} is not supported yet`, INSTEAD[names.at(-1) ?? '']);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '' || value === 'false') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isAllZero(amounts: unknown): boolean {
  if (isEmpty(amounts)) return true;
  return isFields(amounts) && Object.values(amounts).every(amount => isText(amount) && isZeroText(amount));
}

function isZeroText(text: string): boolean {
  return parseDecimal(text) !== undefined && isZero(decimal(text));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
