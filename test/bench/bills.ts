import * as z from 'zod';
import { bundledProbe } from './bundled-probe.ts';
import { type Figure, rounded } from './figure.ts';

const Probe = z.object({ milliseconds: z.number(), megabytes: z.number().default(0) });

/**
 * A bill as page and on paper, in CPU time, warm; 10 000 records and more in a fresh process, whose whole memory counts.
 */
export async function benchBills(): Promise<Figure[]> {
  const probe = await bundledProbe('bill-probe.ts');
  const page = Probe.parse(await probe('page'));
  const paper = Probe.parse(await probe('paper'));
  const annex = Probe.parse(await probe('annex'));
  const long = await bundledProbe('long-bill-probe.ts');
  const [short, longer] = [Probe.parse(await long('10000')), Probe.parse(await long('100000'))];
  return [
    figure('a bill as page', page.milliseconds, 'ms', 5),
    figure('a bill of one page on paper, warm', paper.milliseconds, 'ms', 50),
    figure('10 000 records on paper, tagged', annex.milliseconds / 1_000, 's', 2),
    figure('10 000 records on paper, memory', annex.megabytes, 'MB', 420),
    figure('100 000 records rated for their bill and put into parts', longer.milliseconds / 1_000, 's', 6),
    figure('the same, CPU time of 10 times as many records', longer.milliseconds / short.milliseconds, 'times', 12),
    figure('the same, memory of 10 times as many records', longer.megabytes / short.megabytes, 'times', 3),
  ];
}

function figure(what: string, value: number, unit: string, atMost: number): Figure {
  return { what, value: rounded(value), unit, goal: { atMost } };
}
