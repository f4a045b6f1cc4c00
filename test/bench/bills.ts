import * as z from 'zod';
import { bundledProbe } from './bundled-probe.ts';
import { type Figure, rounded } from './figure.ts';

const Probe = z.object({ milliseconds: z.number(), megabytes: z.number().default(0) });

/**
 * A bill as page and on paper, in CPU time, warm; 10 000 records in a fresh process, whose whole memory counts.
 */
export async function benchBills(): Promise<Figure[]> {
  const probe = await bundledProbe('bill-probe.ts');
  const page = Probe.parse(await probe('page'));
  const paper = Probe.parse(await probe('paper'));
  const annex = Probe.parse(await probe('annex'));
  return [
    figure('a bill as page', page.milliseconds, 'ms', 5),
    figure('a bill of one page on paper, warm', paper.milliseconds, 'ms', 50),
    figure('10 000 records on paper, tagged', annex.milliseconds / 1_000, 's', 2),
    figure('10 000 records on paper, memory', annex.megabytes, 'MB', 420),
  ];
}

function figure(what: string, value: number, unit: string, atMost: number): Figure {
  return { what, value: rounded(value), unit, goal: { atMost } };
}
