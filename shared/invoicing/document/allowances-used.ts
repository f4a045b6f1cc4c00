import { findPlan } from '#shared/catalog/catalog-version.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { RatedAllowance, RatedPeriod } from '#shared/rating/rated-period.ts';
import type { BillWords } from '../view/bill-words.ts';
import type { BillAllowance, BillPool, UsedAllowance } from './bill-document.ts';
import type { BillInput } from './build-bill.ts';

/** What a bill says of the allowances of its period: of each line's own, and once of those that lines share. */
export function allowancesUsed(
  rated: RatedPeriod,
  { catalogs, lines }: Pick<BillInput, 'catalogs' | 'lines'>,
  words: BillWords,
): { readonly allowances: BillAllowance[]; readonly pools?: BillPool[] } {
  const numbers = new Map(lines.map(({ line, msisdn }) => [line, msisdn]));
  const numberOf = (line: string) => numbers.get(line) ?? line;
  const named = catalogs.toReversed();
  const nameIn = (plan: string, id: string) => {
    const terms = named.flatMap(version => findPlan(version, plan)?.allowances.find(each => each.id === id) ?? [])[0];
    return terms === undefined ? words.texts.otherUsage : words.name(terms);
  };
  const allowances = rated.lines.flatMap(({ line, plan, allowances: own }) =>
    own.map(each => ({ line, number: numberOf(line), ...usedOf(each, nameIn(plan, each.id)) })),
  );
  const pools = rated.pools.map(({ members, ...pool }) => {
    const used = Map.groupBy(members, ({ line }) => line);
    return {
      ...usedOf(pool, nameIn(members[0]?.plan ?? '', pool.id)),
      lines: [...used].map(([line, parts]) => ({
        line,
        number: numberOf(line),
        used: parts.reduce((sum, part) => sum + part.used, 0),
      })),
    };
  });
  return { allowances, ...(pools.length > 0 && { pools }) };
}

function usedOf(allowance: RatedAllowance, name: string): UsedAllowance {
  const { id, unit, included, rolledOver, rolledOverFrom, used, remaining } = allowance;
  const from = rolledOverFrom?.map(({ since, units }) => ({ since: printInstant(since), units }));
  return {
    id,
    name,
    unit,
    included: included === null ? null : included + rolledOver,
    ...(from !== undefined && { rolledOver: from }),
    used,
    remaining,
  };
}
