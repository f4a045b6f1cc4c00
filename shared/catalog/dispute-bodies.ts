import type { Names } from './names.ts';

/** Whom a consumer may turn to when an operator's own answer does not settle a dispute about a bill. */
interface DisputeBody {
  /** As it is known, with where to find it. */
  readonly name: Names;
  readonly source: string;
}

// They settle disputes of consumers: a company has the courts, and what its contract says. Countries in which each
// operator chooses the body (GB) are not here: a brand says which it is (`countries.GB.disputes`).
const BODIES: ReadonlyMap<string, DisputeBody> = new Map([
  [
    'BE',
    {
      name: {
        en: 'the Office of the Ombudsman for Telecommunications (ombudsmantelecom.be)',
        nl: 'de Ombudsdienst voor telecommunicatie (ombudsmantelecom.be)',
        sv: 'Ombudsdienst voor telecommunicatie (ombudsmantelecom.be)',
        fr: 'le Service de médiation pour les télécommunications (mediateurtelecom.be)',
      },
      source: 'wet van 21 maart 1991, art. 43bis',
    },
  ],
  [
    'DE',
    {
      name: { en: 'the Schlichtungsstelle Telekommunikation of the Bundesnetzagentur (bundesnetzagentur.de)' },
      source: 'TKG § 68',
    },
  ],
  ['FI', { name: { en: 'Kuluttajariitalautakunta (kuluttajariita.fi)' }, source: 'laki 8/2007' }],
  [
    'FR',
    {
      name: {
        en: 'the Médiateur des communications électroniques (mediation-telecom.org)',
        nl: 'de Médiateur des communications électroniques (mediation-telecom.org)',
        sv: 'Médiateur des communications électroniques (mediation-telecom.org)',
        fr: 'le Médiateur des communications électroniques (mediation-telecom.org)',
      },
      source: 'Code de la consommation, art. L612-1 and L616-1',
    },
  ],
  [
    'NL',
    {
      name: {
        en: 'the Dutch consumer disputes board (De Geschillencommissie, degeschillencommissie.nl)',
        nl: 'De Geschillencommissie (degeschillencommissie.nl)',
        sv: 'den nederländska tvistenämnden (De Geschillencommissie, degeschillencommissie.nl)',
        fr: 'la commission néerlandaise des litiges (De Geschillencommissie, degeschillencommissie.nl)',
      },
      source: 'Telecommunicatiewet, art. 12.1',
    },
  ],
  [
    'SE',
    {
      name: {
        en: 'the Swedish National Board for Consumer Disputes (ARN, arn.se)',
        nl: 'de Zweedse geschillencommissie (ARN, arn.se)',
        sv: 'Allmänna reklamationsnämnden (ARN, arn.se)',
        fr: 'la commission suédoise des litiges de consommation (ARN, arn.se)',
      },
      source: 'lag (2015:671) om alternativ tvistlösning i konsumentförhållanden',
    },
  ],
]);

/** `undefined`: none that is the same for every operator of the country. */
export function disputeBodyOf(country: string): Names | undefined {
  return BODIES.get(country)?.name;
}
