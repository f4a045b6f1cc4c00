import type { ConditionName } from '#shared/rating/rating-trace.ts';
import { type ExplanationTexts, isCharged, listed, type StateTexts, stateSentence } from './explanation-texts.ts';

const KINDS: Readonly<Record<string, string>> = {
  voice: 'dit gesprek',
  sms: 'deze sms',
  mms: 'deze mms',
  data: 'deze datasessie',
};

const UNMET: Readonly<Record<ConditionName, string>> = {
  from: 'het geldt voor gebruik op andere plaatsen',
  to: 'het geldt voor andere bestemmingen',
  band: 'het geldt voor andere tijden',
  match: 'het geldt voor andere combinaties van plaats en bestemming',
};

const STATES: StateTexts = {
  billed: 'Het staat op factuur {bill}.',
  charged: 'Het komt op de factuur van deze periode.',
  'partly-covered': 'De rest komt op de factuur van deze periode.',
  covered: 'Het kost niets boven op het abonnement.',
  allowance: 'Het kost niets boven op het abonnement.',
  free: 'Het is gratis.',
  incoming: 'Het is inkomend en geen tarief vraagt daar iets voor, dus het is gratis.',
  unanswered: 'Het is gratis, want er zijn geen eenheden gebruikt: een gesprek dat niet is beantwoord, bijvoorbeeld.',
  'zero-price': 'Het is gratis: de prijs is nul, dus het gaat ook niet van een tegoed af.',
  carried: 'Het kwam na de factuur binnen en komt op een latere.',
  'written-off': 'Het kwam te laat om nog te factureren en is afgeschreven.',
  voided: 'De bron heeft het ingetrokken, dus het kost niets en gebruikt niets.',
  conflict: 'Een ander record met hetzelfde kenmerk en andere gegevens kwam eerder en telt; dit telt niet.',
  quarantined: 'Het staat in quarantaine en wordt niet gefactureerd.',
  'line-not-active': 'De aansluiting was toen niet actief, dus het wordt niet gefactureerd.',
  unrated: 'Er past geen tarief of prijsregel op, dus het wacht en wordt pas gefactureerd als die er is.',
  'not-yet-supported': 'Het hoort bij een sessie, die nog niet wordt gefactureerd.',
};

export const NL: ExplanationTexts = {
  page: ({ source, id, acceptedAt }, { kind, moment }) =>
    `${source} heeft ${KINDS[kind] ?? 'dit gebruik'} gemeld als ${id}; het is ontvangen op ${moment(acceptedAt)}.`,
  line: ({ line, identifier }) => `${identifier} hoorde toen bij de aansluiting ${line}.`,
  plan: ({ plan, catalog }, { called, day }) =>
    `De aansluiting had het abonnement ${called(plan)}, met de voorwaarden van ${day(catalog)}.`,
  zone: ({ network, zone }, { place }) => {
    if (zone === 'home') return 'Het gebruik was op het eigen netwerk.';
    return zone === null
      ? `Het gebruik was op netwerk ${network}, dat in geen zone van de prijslijst valt.`
      : `Het gebruik was in ${place(zone)}, op netwerk ${network}.`;
  },
  destination: ({ direction, peer, destination }, { place }) => {
    if (direction === 'in') return `Het kwam van ${peer}.`;
    return destination === null ? `Het ging naar ${peer}.` : `Het ging naar ${peer}: ${place(destination)}.`;
  },
  band: ({ startedAt, band }, { moment, place }) =>
    band === null
      ? `Het begon op ${moment(startedAt)} op de klok van het account, buiten elk tijdvak.`
      : `Het begon op ${moment(startedAt)} op de klok van het account, in het tijdvak ${place(band)}.`,
  charge: ({ charge, applies, unmet }, { called }) =>
    applies
      ? `Het tarief “${called(charge)}” geldt.`
      : `Het tarief “${called(charge)}” geldt niet: ${listed(
          unmet.map(condition => UNMET[condition]),
          'en',
        )}.`,
  row: ({ table, since, prefix, destination, setup, steps }, { day, place, units, money }) => {
    const prices = steps.map(({ after, price, per }) =>
      after === 0 ? `${money(price)} per ${units(per)}` : `${money(price)} per ${units(per)} boven ${units(after)}`,
    );
    const all = isCharged(setup) ? [`${money(setup)} starttarief`, ...prices] : prices;
    const row = prefix === '*' ? 'elk ander nummer' : `nummers die beginnen met ${prefix.replace('exact:', '')}`;
    return `De prijslijst ${table} van ${day(since)} heeft een regel voor ${row} (${place(destination)}): ${listed(all, 'en')}.`;
  },
  'unit-price': ({ price, per, counted }, { money, units }) =>
    `Gebruik onder dit tarief wordt over de periode opgeteld en kost ${money(price)} per ${units(per)}, in stappen van ${units(counted)}.`,
  increments: ({ actual, billed, increments }, { units }) => {
    if (actual === billed) return `Het telt mee met ${units(billed)}.`;
    const [first, next] = increments.split('/').map(Number);
    return `Het was ${units(actual)} en telt mee met ${units(billed)}: ten minste ${units(first ?? 1)}, daarna in stappen van ${units(next ?? 1)}.`;
  },
  allowance: ({ allowance, applies, unmet, included, position, drawn, remaining, limits }, { called, units }) => {
    const name = `“${called(allowance)}”`;
    if (!applies) {
      const why = listed(
        unmet.map(condition => UNMET[condition]),
        'en',
      );
      return `Het tegoed ${name} dekt het niet: ${why}.`;
    }
    if (included === null) return `Het tegoed ${name} is onbeperkt en dekt er ${units(drawn)} van.`;
    const before = `er was al ${units(position)} van ${units(included)} gebruikt`;
    const capped = limits.map(
      ({ amount, used }) => `, hier ten hoogste ${units(amount)}, waarvan ${units(used)} gebruikt`,
    );
    if (drawn === 0) return `Het tegoed ${name} had er niets meer voor: ${before}${capped.join('')}.`;
    const left = `er is ${units(remaining ?? 0)} over`;
    return `Het tegoed ${name} dekt er ${units(drawn)} van: ${before}${capped.join('')}; ${left}.`;
  },
  amount: ({ priced, amount, formula }, { units, money }) => {
    if (amount === null) return `${units(priced)} ervan telt mee voor het tarief van de periode.`;
    const sum = formula === null ? '' : `, dat is ${formula}`;
    return `${units(priced)} ervan wordt berekend: ${money(amount)}${sum}.`;
  },
  state: stateSentence(STATES),
};
