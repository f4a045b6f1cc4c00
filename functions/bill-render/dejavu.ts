import { readFile } from 'node:fs/promises';
import regular from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf';
import bold from 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf';
import type { Fonts } from '#shared/invoicing/pdf/paper.ts';

/** The bundler lays the files beside the code, and gives their names for the imports. */
export async function readFonts(): Promise<Fonts> {
  const [regularBytes, boldBytes] = await Promise.all(
    [regular, bold].map(name => readFile(new URL(name, import.meta.url))),
  );
  if (regularBytes === undefined || boldBytes === undefined) throw new Error('A font is missing.');
  return { regular: regularBytes, bold: boldBytes };
}
