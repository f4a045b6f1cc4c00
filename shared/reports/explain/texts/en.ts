import type { ConditionName } from '#shared/rating/rating-trace.ts';
import { type ExplanationTexts, isCharged, listed, type StateTexts, stateSentence } from './explanation-texts.ts';

const KINDS: Readonly<Record<string, string>> = {
  voice: 'call',
  sms: 'text message',
  mms: 'picture message',
  data: 'data session',
};

const UNMET: Readonly<Record<ConditionName, string>> = {
  from: 'it is for use in other places',
  to: 'it is for other destinations',
  band: 'it is for other times',
  match: 'it is for other pairs of place and destination',
};

const STATES: StateTexts = {
  billed: 'It is on the invoice {bill}.',
  charged: 'It will be on the bill of its period.',
  'partly-covered': 'The rest will be on the bill of its period.',
  covered: 'It costs nothing beyond the plan.',
  allowance: 'It costs nothing beyond the plan.',
  free: 'It is free.',
  incoming: 'It is incoming and no charge asks for incoming use, so it is free.',
  unanswered: 'It is free, because it has no units: a call that was not answered, for example.',
  'zero-price': 'It is free: its price is zero, so nothing is drawn from the allowances either.',
  carried: 'It came after its bill and is put on a later one.',
  'written-off': 'It came too late to be billed and is written off.',
  voided: 'It was withdrawn by its source, so it costs nothing and uses nothing.',
  conflict: 'Another record with the same id and other facts came first and counts; this one does not.',
  quarantined: 'It waits in quarantine and is not billed.',
  'line-not-active': 'The line was not active at that time, so it is not billed.',
  unrated: 'No charge or no row of the price list fits it, so it waits and is not billed until one does.',
  'not-yet-supported': 'It is part of a session, which is not billed yet.',
};

export const EN: ExplanationTexts = {
  page: ({ source, id, acceptedAt }, { kind, moment }) =>
    `${source} reported this ${KINDS[kind] ?? 'use'} as ${id}; it was taken in on ${moment(acceptedAt)}.`,
  line: ({ line, identifier }) => `The line ${line} had ${identifier} at that time.`,
  plan: ({ plan, catalog }, { called, day }) =>
    `The line was on the plan ${called(plan)}, by the terms of ${day(catalog)}.`,
  zone: ({ network, zone }, { place }) => {
    if (zone === 'home') return 'It was made on the home network.';
    return zone === null
      ? `It was made on the network ${network}, which belongs to no zone of the price list.`
      : `It was made in ${place(zone)}, on the network ${network}.`;
  },
  destination: ({ direction, peer, destination }, { place }) => {
    if (direction === 'in') return `It came from ${peer}.`;
    return destination === null ? `It went to ${peer}.` : `It went to ${peer}: ${place(destination)}.`;
  },
  band: ({ startedAt, band }, { moment, place }) =>
    band === null
      ? `It began on ${moment(startedAt)} on the account's clock, outside every time band.`
      : `It began on ${moment(startedAt)} on the account's clock, in the time band ${place(band)}.`,
  charge: ({ charge, applies, unmet }, { called }) =>
    applies
      ? `The charge “${called(charge)}” applies.`
      : `The charge “${called(charge)}” does not apply: ${listed(
          unmet.map(condition => UNMET[condition]),
          'and',
        )}.`,
  row: ({ table, since, prefix, destination, setup, steps }, { day, place, units, money }) => {
    const prices = steps.map(({ after, price, per }) =>
      after === 0 ? `${money(price)} per ${units(per)}` : `${money(price)} per ${units(per)} beyond ${units(after)}`,
    );
    const all = isCharged(setup) ? [`${money(setup)} to connect`, ...prices] : prices;
    const row = prefix === '*' ? 'every other number' : `numbers that begin with ${prefix.replace('exact:', '')}`;
    return `The price list ${table} of ${day(since)} has a row for ${row} (${place(destination)}): ${listed(all, 'and')}.`;
  },
  'unit-price': ({ price, per, counted }, { money, units }) =>
    `Use under this charge is added up over the period and costs ${money(price)} per ${units(per)}, in steps of ${units(counted)}.`,
  increments: ({ actual, billed, increments }, { units }) => {
    if (actual === billed) return `It counts with ${units(billed)}.`;
    const [first, next] = increments.split('/').map(Number);
    return `It had ${units(actual)} and counts with ${units(billed)}: at least ${units(first ?? 1)}, then in steps of ${units(next ?? 1)}.`;
  },
  allowance: ({ allowance, applies, unmet, included, position, drawn, remaining, limits }, { called, units }) => {
    const name = `“${called(allowance)}”`;
    if (!applies) {
      const why = listed(
        unmet.map(condition => UNMET[condition]),
        'and',
      );
      return `The allowance ${name} does not cover it: ${why}.`;
    }
    if (included === null) return `The allowance ${name} is unlimited and covers ${units(drawn)} of it.`;
    const before = `${units(position)} of ${units(included)} had been used before`;
    const capped = limits.map(
      ({ amount, used }) => `, here at most ${units(amount)}, of which ${units(used)} had been`,
    );
    if (drawn === 0) return `The allowance ${name} had nothing left for it: ${before}${capped.join('')}.`;
    const left = `${units(remaining ?? 0)} are left`;
    return `The allowance ${name} covers ${units(drawn)} of it: ${before}${capped.join('')}; ${left}.`;
  },
  amount: ({ priced, amount, formula }, { units, money }) => {
    if (amount === null) return `${units(priced)} of it count towards the charge of the period.`;
    const sum = formula === null ? '' : `, which is ${formula}`;
    return `${units(priced)} of it are charged: ${money(amount)}${sum}.`;
  },
  state: stateSentence(STATES),
};
