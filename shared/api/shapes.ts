import type * as z from 'zod';
import { accountShapes } from './shapes/account-shapes.ts';
import { adjustmentShapes } from './shapes/adjustment-shapes.ts';
import { billShapes } from './shapes/bill-shapes.ts';
import { dunningShapes } from './shapes/dunning-shapes.ts';
import { fileShapes } from './shapes/file-shapes.ts';
import { incidentShapes } from './shapes/incident-shapes.ts';
import { insightShapes } from './shapes/insight-shapes.ts';
import { readingShapes } from './shapes/reading-shapes.ts';
import { usageFileShapes } from './shapes/usage-file-shapes.ts';
import { usageShapes } from './shapes/usage-shapes.ts';

/** What an answer consists of: JSON of a schema with an example that fits it, or something else of a content type. */
export type Shape =
  | { readonly schema: z.ZodType; readonly example: unknown; readonly type?: 'application/problem+json' }
  | { readonly type: string | null; readonly means: string };

/** All shapes of answers, by the names that the API document gives them. */
export const SHAPES = {
  ...accountShapes,
  ...adjustmentShapes,
  ...readingShapes,
  ...insightShapes,
  ...usageShapes,
  ...usageFileShapes,
  ...billShapes,
  ...dunningShapes,
  ...incidentShapes,
  ...fileShapes,
} satisfies Readonly<Record<string, Shape>>;

export type ShapeName = keyof typeof SHAPES;
