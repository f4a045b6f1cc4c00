import { LIST_PRICES, type Resource } from './list-prices.ts';

/** How much was used of what AWS counts. */
export class Consumption {
  private readonly amounts: Map<Resource, number>;

  constructor(amounts: Iterable<readonly [Resource, number]> = []) {
    this.amounts = new Map(amounts);
  }

  add(resource: Resource, amount: number): void {
    this.amounts.set(resource, this.of(resource) + amount);
  }

  of(resource: Resource): number {
    return this.amounts.get(resource) ?? 0;
  }

  times(factor: number): Consumption {
    return new Consumption(this.entries().map(([resource, amount]) => [resource, amount * factor]));
  }

  plus(other: Consumption): Consumption {
    const sum = new Consumption(this.amounts);
    for (const [resource, amount] of other.entries()) sum.add(resource, amount);
    return sum;
  }

  /** Only, or all but, what `is` says. */
  only(is: (resource: Resource) => boolean): Consumption {
    return new Consumption(this.entries().filter(([resource]) => is(resource)));
  }

  /** USD at list price. */
  get cost(): number {
    return this.entries().reduce((sum, [resource, amount]) => sum + amount * LIST_PRICES[resource], 0);
  }

  entries(): [Resource, number][] {
    return [...this.amounts];
  }
}
