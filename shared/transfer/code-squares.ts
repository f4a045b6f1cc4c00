import { correction, generate, mode } from 'lean-qr';
import type { PaymentCode } from './payment-code.ts';

/** A square code to draw: one path in the language of SVG, which paper and page both understand. */
export interface CodeSquares {
  /** Squares on each side, without the quiet zone of four around. */
  readonly size: number;
  /** In units of one square. */
  readonly path: string;
}

export const QUIET_ZONE = 4;

/**
 * Bytes of UTF-8, as all three forms ask for, at error correction level M. Without a note of the character set
 * (ECI), which some banking apps do not read.
 */
export function codeSquares({ payload }: PaymentCode): CodeSquares {
  const code = generate(mode.bytes(new TextEncoder().encode(payload)), {
    minCorrectionLevel: correction.M,
    maxCorrectionLevel: correction.M,
  });
  return { size: code.size, path: pathOf(code) };
}

/** Runs of dark squares, row by row. */
function pathOf({ size, get }: { readonly size: number; get(x: number, y: number): boolean }): string {
  const runs: string[] = [];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!get(x, y)) continue;
      const from = x;
      while (get(x + 1, y)) x += 1;
      const length = x + 1 - from;
      runs.push(`M${from} ${y}h${length}v1h-${length}z`);
    }
  }
  return runs.join('');
}
