import type { ConditionName } from '#shared/rating/rating-trace.ts';
import { type ExplanationTexts, isCharged, listed, type StateTexts, stateSentence } from './explanation-texts.ts';

const KINDS: Readonly<Record<string, string>> = {
  voice: 'cet appel',
  sms: 'ce SMS',
  mms: 'ce MMS',
  data: 'cette session de données',
};

const UNMET: Readonly<Record<ConditionName, string>> = {
  from: 'il vaut pour une utilisation en d’autres lieux',
  to: 'il vaut pour d’autres destinations',
  band: 'il vaut pour d’autres heures',
  match: 'il vaut pour d’autres couples de lieu et de destination',
};

const STATES: StateTexts = {
  billed: 'Le montant figure sur la facture {bill}.',
  charged: 'Le montant figurera sur la facture de la période.',
  'partly-covered': 'Le reste figurera sur la facture de la période.',
  covered: 'Cela ne coûte rien en plus du forfait.',
  allowance: 'Cela ne coûte rien en plus du forfait.',
  free: 'C’est gratuit.',
  incoming: 'C’est entrant et aucun tarif ne s’y applique : c’est donc gratuit.',
  unanswered: 'C’est gratuit, car aucune unité n’a été utilisée : un appel resté sans réponse, par exemple.',
  'zero-price': 'C’est gratuit : le prix est nul, et rien n’est donc déduit du forfait.',
  carried: 'Cela est arrivé après la facture et figurera sur une suivante.',
  'written-off': 'Cela est arrivé trop tard pour être facturé et a été abandonné.',
  voided: 'La source l’a annulé : cela ne coûte rien et n’utilise rien.',
  conflict:
    'Un autre enregistrement avec le même identifiant et d’autres données est arrivé avant et compte ; celui-ci ne compte pas.',
  quarantined: 'Cela est en quarantaine et n’est pas facturé.',
  'line-not-active': 'La ligne n’était pas active à ce moment : cela n’est pas facturé.',
  unrated: 'Aucun tarif ni aucune ligne de la grille ne convient : cela attend et n’est pas facturé d’ici là.',
  'not-yet-supported': 'Cela fait partie d’une session qui n’est pas encore facturée.',
};

export const FR: ExplanationTexts = {
  page: ({ source, id, acceptedAt }, { kind, moment }) =>
    `${source} a signalé ${KINDS[kind] ?? 'cette utilisation'} sous ${id} ; réception le ${moment(acceptedAt)}.`,
  line: ({ line, identifier }) => `${identifier} appartenait alors à la ligne ${line}.`,
  plan: ({ plan, catalog }, { called, day }) =>
    `La ligne avait le forfait ${called(plan)}, aux conditions du ${day(catalog)}.`,
  zone: ({ network, zone }, { place }) => {
    if (zone === 'home') return 'L’utilisation a eu lieu sur le réseau d’origine.';
    return zone === null
      ? `L’utilisation a eu lieu sur le réseau ${network}, qui n’est dans aucune zone de la grille.`
      : `L’utilisation a eu lieu en ${place(zone)}, sur le réseau ${network}.`;
  },
  destination: ({ direction, peer, destination }, { place }) => {
    if (direction === 'in') return `L’origine est ${peer}.`;
    return destination === null ? `La destination est ${peer}.` : `La destination est ${peer} : ${place(destination)}.`;
  },
  band: ({ startedAt, band }, { moment, place }) =>
    band === null
      ? `Début le ${moment(startedAt)} à l’heure du compte, hors de toute tranche horaire.`
      : `Début le ${moment(startedAt)} à l’heure du compte, dans la tranche horaire ${place(band)}.`,
  charge: ({ charge, applies, unmet }, { called }) =>
    applies
      ? `Le tarif « ${called(charge)} » s’applique.`
      : `Le tarif « ${called(charge)} » ne s’applique pas : ${listed(
          unmet.map(condition => UNMET[condition]),
          'et',
        )}.`,
  row: ({ table, since, prefix, destination, setup, steps }, { day, place, units, money }) => {
    const prices = steps.map(({ after, price, per }) =>
      after === 0
        ? `${money(price)} par ${units(per)}`
        : `${money(price)} par ${units(per)} au-delà de ${units(after)}`,
    );
    const all = isCharged(setup) ? [`${money(setup)} de mise en relation`, ...prices] : prices;
    const row = prefix === '*' ? 'tout autre numéro' : `les numéros commençant par ${prefix.replace('exact:', '')}`;
    return `La grille ${table} du ${day(since)} a une ligne pour ${row} (${place(destination)}) : ${listed(all, 'et')}.`;
  },
  'unit-price': ({ price, per, counted }, { money, units }) =>
    `À ce tarif, l’utilisation est additionnée sur la période et coûte ${money(price)} par ${units(per)}, par pas de ${units(counted)}.`,
  increments: ({ actual, billed, increments }, { units }) => {
    if (actual === billed) return `Cela compte pour ${units(billed)}.`;
    const [first, next] = increments.split('/').map(Number);
    return `Utilisation de ${units(actual)}, comptée ${units(billed)} : au moins ${units(first ?? 1)}, puis par pas de ${units(next ?? 1)}.`;
  },
  allowance: ({ allowance, applies, unmet, included, position, drawn, remaining, limits }, { called, units }) => {
    const name = `« ${called(allowance)} »`;
    if (!applies) {
      const why = listed(
        unmet.map(condition => UNMET[condition]),
        'et',
      );
      return `Le crédit ${name} ne couvre pas cela : ${why}.`;
    }
    if (included === null) return `Le crédit ${name} est illimité et en couvre ${units(drawn)}.`;
    const before = `${units(position)} sur ${units(included)} déjà utilisés`;
    const capped = limits.map(
      ({ amount, used }) => `, ici au plus ${units(amount)}, dont ${units(used)} déjà utilisés`,
    );
    if (drawn === 0) return `Le crédit ${name} n’avait plus rien pour cela : ${before}${capped.join('')}.`;
    const left = `il reste ${units(remaining ?? 0)}`;
    return `Le crédit ${name} en couvre ${units(drawn)} : ${before}${capped.join('')} ; ${left}.`;
  },
  amount: ({ priced, amount, formula }, { units, money }) => {
    if (amount === null) return `${units(priced)} comptent dans le tarif de la période.`;
    const sum = formula === null ? '' : `, soit ${formula}`;
    return `${units(priced)} sont facturés : ${money(amount)}${sum}.`;
  },
  state: stateSentence(STATES),
};
