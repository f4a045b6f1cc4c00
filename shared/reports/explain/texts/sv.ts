import type { ConditionName } from '#shared/rating/rating-trace.ts';
import { type ExplanationTexts, isCharged, listed, type StateTexts, stateSentence } from './explanation-texts.ts';

const KINDS: Readonly<Record<string, string>> = {
  voice: 'samtalet',
  sms: 'sms:et',
  mms: 'mms:et',
  data: 'datasessionen',
};

const UNMET: Readonly<Record<ConditionName, string>> = {
  from: 'det gäller användning på andra platser',
  to: 'det gäller andra destinationer',
  band: 'det gäller andra tider',
  match: 'det gäller andra par av plats och destination',
};

const STATES: StateTexts = {
  billed: 'Det står på fakturan {bill}.',
  charged: 'Det kommer på periodens faktura.',
  'partly-covered': 'Resten kommer på periodens faktura.',
  covered: 'Det kostar inget utöver abonnemanget.',
  allowance: 'Det kostar inget utöver abonnemanget.',
  free: 'Det är gratis.',
  incoming: 'Det är inkommande och inget pris gäller för det, så det är gratis.',
  unanswered: 'Det är gratis eftersom inga enheter användes: till exempel ett samtal som inte besvarades.',
  'zero-price': 'Det är gratis: priset är noll, så inget dras heller från det som ingår.',
  carried: 'Det kom efter fakturan och tas upp på en senare.',
  'written-off': 'Det kom för sent för att faktureras och är avskrivet.',
  voided: 'Källan har dragit tillbaka det, så det kostar inget och använder inget.',
  conflict: 'En annan post med samma id och andra uppgifter kom först och räknas; den här räknas inte.',
  quarantined: 'Det står i karantän och faktureras inte.',
  'line-not-active': 'Linjen var inte aktiv då, så det faktureras inte.',
  unrated: 'Inget pris och ingen rad i prislistan passar, så det väntar och faktureras först när det finns en.',
  'not-yet-supported': 'Det hör till en session som ännu inte faktureras.',
};

export const SV: ExplanationTexts = {
  page: ({ source, id, acceptedAt }, { kind, moment }) =>
    `${source} rapporterade ${KINDS[kind] ?? 'användningen'} som ${id}; posten togs emot ${moment(acceptedAt)}.`,
  line: ({ line, identifier }) => `${identifier} hörde då till linjen ${line}.`,
  plan: ({ plan, catalog }, { called, day }) =>
    `Linjen hade abonnemanget ${called(plan)}, enligt villkoren från ${day(catalog)}.`,
  zone: ({ network, zone }, { place }) => {
    if (zone === 'home') return 'Användningen skedde i hemnätet.';
    return zone === null
      ? `Användningen skedde i nätet ${network}, som inte hör till någon zon i prislistan.`
      : `Användningen skedde i ${place(zone)}, i nätet ${network}.`;
  },
  destination: ({ direction, peer, destination }, { place }) => {
    if (direction === 'in') return `Det kom från ${peer}.`;
    return destination === null ? `Det gick till ${peer}.` : `Det gick till ${peer}: ${place(destination)}.`;
  },
  band: ({ startedAt, band }, { moment, place }) =>
    band === null
      ? `Det började ${moment(startedAt)} på kontots klocka, utanför alla tidsband.`
      : `Det började ${moment(startedAt)} på kontots klocka, i tidsbandet ${place(band)}.`,
  charge: ({ charge, applies, unmet }, { called }) =>
    applies
      ? `Priset ”${called(charge)}” gäller.`
      : `Priset ”${called(charge)}” gäller inte: ${listed(
          unmet.map(condition => UNMET[condition]),
          'och',
        )}.`,
  row: ({ table, since, prefix, destination, setup, steps }, { day, place, units, money }) => {
    const prices = steps.map(({ after, price, per }) =>
      after === 0 ? `${money(price)} per ${units(per)}` : `${money(price)} per ${units(per)} utöver ${units(after)}`,
    );
    const all = isCharged(setup) ? [`${money(setup)} i öppningsavgift`, ...prices] : prices;
    const row = prefix === '*' ? 'alla andra nummer' : `nummer som börjar med ${prefix.replace('exact:', '')}`;
    return `Prislistan ${table} från ${day(since)} har en rad för ${row} (${place(destination)}): ${listed(all, 'och')}.`;
  },
  'unit-price': ({ price, per, counted }, { money, units }) =>
    `Användning till det här priset räknas samman över perioden och kostar ${money(price)} per ${units(per)}, i steg om ${units(counted)}.`,
  increments: ({ actual, billed, increments }, { units }) => {
    if (actual === billed) return `Det räknas som ${units(billed)}.`;
    const [first, next] = increments.split('/').map(Number);
    return `Det var ${units(actual)} och räknas som ${units(billed)}: minst ${units(first ?? 1)}, sedan i steg om ${units(next ?? 1)}.`;
  },
  allowance: ({ allowance, applies, unmet, included, position, drawn, remaining, limits }, { called, units }) => {
    const name = `”${called(allowance)}”`;
    if (!applies) {
      const why = listed(
        unmet.map(condition => UNMET[condition]),
        'och',
      );
      return `Det som ingår i ${name} täcker det inte: ${why}.`;
    }
    if (included === null) return `${name} är obegränsat och täcker ${units(drawn)} av det.`;
    const before = `${units(position)} av ${units(included)} var redan använt`;
    const capped = limits.map(({ amount, used }) => `, här högst ${units(amount)}, varav ${units(used)} var använt`);
    if (drawn === 0) return `${name} hade inget kvar för det: ${before}${capped.join('')}.`;
    const left = `${units(remaining ?? 0)} är kvar`;
    return `${name} täcker ${units(drawn)} av det: ${before}${capped.join('')}; ${left}.`;
  },
  amount: ({ priced, amount, formula }, { units, money }) => {
    if (amount === null) return `${units(priced)} av det räknas in i periodens pris.`;
    const sum = formula === null ? '' : `, alltså ${formula}`;
    return `${units(priced)} av det debiteras: ${money(amount)}${sum}.`;
  },
  state: stateSentence(STATES),
};
