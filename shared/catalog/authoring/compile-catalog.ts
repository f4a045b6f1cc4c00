import { parseInstant } from '#shared/platform/instant.ts';
import { type CatalogVersion, currenciesOf, type RateTable } from '../catalog-version.ts';
import { checkAgainstCountry } from '../country-rules.ts';
import { builtInReference, type Reference } from '../reference.ts';
import { checkAddOns, forEachOffer } from './add-ons.ts';
import type { CatalogSource } from './catalog-source.ts';
import { checkAgainstPublished } from './changed-prices.ts';
import { compileBands } from './compile-bands.ts';
import { compileBrands } from './compile-brands.ts';
import { compileDestinations } from './compile-destinations.ts';
import { compileDunning } from './compile-dunning.ts';
import { compileNames } from './compile-names.ts';
import { PlanCompiler } from './compile-plan.ts';
import { compileSources } from './compile-sources.ts';
import { compileTable } from './compile-table.ts';
import { compileZoning } from './compile-zoning.ts';
import { checkCoverage } from './coverage.ts';
import { readDuration } from './duration.ts';
import { checkEventNames } from './event-names.ts';
import { compileTexts, type ReplaceableTexts } from './own-texts.ts';
import { checkPools } from './pooled-allowances.ts';
import type { Findings, Problem } from './problem.ts';
import { type BaseUnit, baseUnitOf } from './quantity.ts';
import { readSource } from './read-source.ts';
import { readTable } from './read-table.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { warnOfAllowances } from './warn-of-allowances.ts';
import { warnOfEmergencies } from './warn-of-emergencies.ts';
import { warnOfGaps } from './warn-of-gaps.ts';
import { warnOfManyPrices } from './warn-of-many-prices.ts';
import { type CatalogFiles, readYamlFiles } from './yaml-files.ts';

/** A charge whose condition is not understood would seem to leave a gap. */
const BLURS_COVERAGE = new Set(['unknown-reference', 'not-yet-supported', 'unknown-field']);

/** `catalog` is there exactly when there are no problems. */
export interface Compilation {
  readonly catalog: CatalogVersion | undefined;
  readonly problems: readonly Problem[];
  /** What is probably not meant; it keeps nothing from being published. */
  readonly warnings: readonly Problem[];
}

export interface CompileOptions {
  readonly reference?: Reference;
  /** The versions that are published already. */
  readonly published?: readonly CatalogVersion[];
  /** What `texts:` may replace; the rooms that speak know it. */
  readonly texts?: ReplaceableTexts;
}

/**
 * The operator's folder → a catalog version, or everything that is wrong with it (contract section 4). Pure: `files`
 * holds the texts by path relative to the folder.
 */
export function compileCatalog(files: CatalogFiles, options: CompileOptions = {}): Compilation {
  const { sections, findings } = readYamlFiles(files);
  if (findings.problems.length === 0 && Object.keys(sections).length === 0) {
    findings.inFile('catalog.yaml', 1, 'no-catalog', 'the folder has no YAML file with sections');
  }
  if (findings.problems.length > 0) return outcome(undefined, findings);

  const source = readSource(refuseUnsupported(sections, findings), findings);
  if (source === undefined) return outcome(undefined, findings);
  const catalog = assemble(source, files, options, findings);
  if (!findings.problems.some(({ code }) => BLURS_COVERAGE.has(code))) {
    checkCoverage(catalog, Object.keys(source.zones), findings);
  }
  checkPools(catalog, findings);
  if (findings.problems.length === 0) {
    warnOfAllowances(catalog, Object.keys(source.zones), findings);
    warnOfGaps(catalog, findings);
    warnOfEmergencies(catalog, Object.keys(source.zones), findings);
    warnOfManyPrices(catalog, findings);
    checkEventNames(catalog, findings);
    checkAgainstPublished(catalog, options.published ?? [], findings);
  }
  return outcome(catalog, findings);
}

function outcome(catalog: CatalogVersion | undefined, findings: Findings): Compilation {
  const problems = findings.sorted();
  return { catalog: problems.length === 0 ? catalog : undefined, problems, warnings: findings.sortedWarnings() };
}

function assemble(
  source: CatalogSource,
  files: CatalogFiles,
  { reference = builtInReference, texts = new Map() }: CompileOptions,
  findings: Findings,
): CatalogVersion {
  const bands = compileBands(source, reference, findings);
  const compiler = new PlanCompiler(source, findings);
  const plans = source.plans.map((plan, index) => compiler.compile(plan, ['plans', index]));
  source.plans.forEach(({ id }, index) => {
    if (source.plans.findIndex(other => other.id.toLowerCase() === id.toLowerCase()) < index) {
      findings.at(['plans', index, 'id'], 'duplicate-id', `plan "${id}" appears twice`);
    }
  });
  const addOns = source.addOns.map((addOn, index) => compiler.compile(addOn, ['addOns', index]));
  checkAddOns(plans, addOns, findings);
  const tables: Record<string, RateTable> = {};
  for (const [name, file] of Object.entries(source.tables)) {
    const text = files.get(file.replace(/^\.\//, ''));
    if (text === undefined) {
      findings.at(['tables', name], 'missing-file', `there is no file ${file}`, 'paths are relative to the folder');
      continue;
    }
    tables[name] = compileTable(
      file,
      readTable(file, text, unitOfTable(name, source, findings), findings),
      bands,
      findings,
    );
  }
  const catalog: CatalogVersion = {
    format: 1,
    effectiveFrom: readDate(source.effectiveFrom, findings),
    zoning: compileZoning(source, reference, findings),
    destinations: compileDestinations(source, findings),
    bands,
    plans,
    addOns,
    tables,
    latePolicy: readLatePolicy(source, findings),
    brands: compileBrands(source.brands, files, reference, findings),
    dunning: compileDunning(source.dunning, reference, findings),
    names: compileNames(source, tables, findings),
    texts: compileTexts(source, texts, findings),
    sources: compileSources(source, reference, findings),
    freeCalls: source.freeCalls,
  };
  checkTableCurrencies(catalog, findings);
  for (const { path, code, reason } of checkAgainstCountry(catalog.dunning, source.home.country)) {
    findings.at(['dunning', ...path], code, reason);
  }
  return catalog;
}

/** A table is priced in the unit of the charges that use it. */
function unitOfTable(table: string, source: CatalogSource, findings: Findings): BaseUnit {
  const kinds = [...source.plans, ...source.addOns]
    .flatMap(plan => plan.charges.filter(charge => charge.table === table))
    .map(c => c.kind);
  const units = [...new Set(kinds.map(baseUnitOf))];
  if (units.length > 1) {
    findings.at(
      ['tables', table],
      'mixed-units',
      `table "${table}" is used by charges of ${[...new Set(kinds)].join(' and ')}`,
    );
  }
  return units[0] ?? 's';
}

/** Every currency in which a plan is sold must be priced by the tables that it uses. */
function checkTableCurrencies(catalog: CatalogVersion, findings: Findings): void {
  forEachOffer(catalog, (plan, path) => {
    plan.charges.forEach(({ id, pricing }, index) => {
      const rates = pricing.type === 'table' ? catalog.tables[pricing.table]?.rates : undefined;
      // A table without any row has been told of already.
      if (rates === undefined || Object.keys(rates).length === 0) return;
      for (const currency of currenciesOf(plan)) {
        if (rates[currency] !== undefined) continue;
        const reason = `the table of charge "${id}" has no row in ${currency}, in which plan "${plan.id}" is sold`;
        findings.at([...path, 'charges', index, 'table'], 'missing-price', reason);
      }
    });
  });
}

function readDate(text: string, findings: Findings): number {
  const instant = parseInstant(text);
  if (instant === undefined) {
    findings.at(
      ['effectiveFrom'],
      'invalid-value',
      `"${text}" is not a date and time`,
      'RFC 3339: 2026-11-01T00:00:00Z',
    );
  }
  return instant ?? 0;
}

function readLatePolicy({ latePolicy }: CatalogSource, findings: Findings): CatalogVersion['latePolicy'] {
  if (latePolicy === undefined) return null;
  if (latePolicy.limit === undefined) return { mode: latePolicy.mode, limitMs: null };
  const limit = readDuration(latePolicy.limit);
  if ('value' in limit && limit.value > 0) return { mode: latePolicy.mode, limitMs: limit.value };
  findings.at(['latePolicy', 'limit'], 'invalid-value', `"${latePolicy.limit}" is not an age`, 'like "120 d"');
  return null;
}
