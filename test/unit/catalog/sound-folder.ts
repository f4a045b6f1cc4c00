import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { printProblem } from '#shared/catalog/authoring/problem.ts';

/** Line numbers in the expectations count the lines of this text. */
export const SOUND = `effectiveFrom: 2026-11-01T00:00:00Z
home: { networks: ["24001"], country: SE }
zones:
  eu: { countries: [DE, FR] }
  world: { rest: true }
destinations:
  domestic: ["46"]
bands:
  peak: { days: [mon, tue], from: "08:00", to: "20:00" }
plans:
  - id: basic
    name: { en: Basic }
    fee: { EUR: "10.00" }
    allowances:
      - { id: minutes, kind: voice, amount: 100 min, from: [home], to: [domestic] }
    charges:
      - { id: voice, kind: voice, table: voice, increments: 60/1 }
      - { id: data, kind: data, price: { EUR: "5.00" }, per: 1 MB, step: 1 KB }
tables: { voice: voice.csv }
`;

export const VOICE = `prefix,destination,band,after,currency,setup,price,per,increments
46,Sweden,*,0,EUR,0.05,0.10,60,
46,Sweden,peak,0,EUR,0.05,0.20,60,
*,Elsewhere,*,0,EUR,0.05,1.00,60,60/60
`;

/** Every warning as `catalog check` prints it. */
export function warnings(yaml: string, voice = VOICE): string[] {
  const files = new Map([
    ['catalog.yaml', yaml],
    ['voice.csv', voice],
  ]);
  return compileCatalog(files).warnings.map(printProblem);
}

/** Every problem as `catalog check` prints it. */
export function check(yaml: string, voice = VOICE): string[] {
  const files = new Map([
    ['catalog.yaml', yaml],
    ['voice.csv', voice],
  ]);
  return compileCatalog(files).problems.map(printProblem);
}
