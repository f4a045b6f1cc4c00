import type { Chapter, Figure } from './figure.ts';
import { FEW_RECORDS_A_LINE, sampleIntake } from './intake-sample.ts';
import { type Month, sampleMonths } from './month-sample.ts';
import { sampleOf } from './subscribers.ts';

const GOAL = 1.05;
const SUBSCRIBERS = 3;

/**
 * How the price of a month grows with records, subscribers and months of history: the slope of a line through three
 * sizes on logarithmic scales. 1 is proportional. Counted units only, so that it is the same in every run.
 */
export async function benchGrowth(): Promise<Chapter> {
  const { perRecord } = await sampleIntake(FEW_RECORDS_A_LINE(1), 2);
  const intake = perRecord.only(resource => resource !== 'gbSeconds').cost;
  const price = (month: Month) => monthPrice(month) + month.records * intake;
  const months = await sampleMonths({ sample: sampleOf(SUBSCRIBERS), habit: { pages: 100, perPage: 1 }, months: 3 });
  const [first] = months;
  if (first === undefined) throw new Error('There is no month.');
  const oneMonth = async (subscribers: number, pages: number) => {
    const [month] = await sampleMonths({ sample: sampleOf(subscribers), habit: { pages, perPage: 1 } });
    if (month === undefined) throw new Error('There is no month.');
    return price(month);
  };
  const history = months.map((_, n) => months.slice(0, n + 1).reduce((sum, month) => sum + price(month), 0));
  const figures = [
    slopeFigure('records of a subscriber: 50, 100, 200', [
      [50, await oneMonth(SUBSCRIBERS, 50)],
      [100, price(first)],
      [200, await oneMonth(SUBSCRIBERS, 200)],
    ]),
    slopeFigure('subscribers: 3, 6, 12', [
      [3, price(first)],
      [6, await oneMonth(6, 100)],
      [12, await oneMonth(12, 100)],
    ]),
    slopeFigure(
      'history: 1, 2, 3 months',
      history.map((sum, n) => [n + 1, sum]),
    ),
  ];
  return {
    title: 'Growth of cost',
    figures,
    notes: [
      'Exponent of the price of a month, from the post to the closed period, without Lambda time; for history, of all months so far.',
    ],
  };
}

function monthPrice({ rating, closing, sweeper }: Month): number {
  return rating
    .plus(closing)
    .plus(sweeper)
    .only(resource => resource !== 'gbSeconds').cost;
}

function slopeFigure(what: string, points: readonly (readonly [size: number, price: number])[]): Figure {
  return { what: `exponent with ${what}`, value: slope(points), unit: '', goal: { atMost: GOAL }, steady: true };
}

/** Least squares on logarithms. */
function slope(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([size, price]) => [Math.log(size), Math.log(price)] as const);
  const mean = (of: (point: readonly [number, number]) => number) =>
    logs.reduce((sum, at) => sum + of(at), 0) / logs.length;
  const [x, y] = [mean(([size]) => size), mean(([, price]) => price)];
  const covariance = mean(([size, price]) => (size - x) * (price - y));
  return covariance / mean(([size]) => (size - x) ** 2);
}
