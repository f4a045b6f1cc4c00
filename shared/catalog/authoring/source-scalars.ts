import * as z from 'zod';
import { LOCALES } from '#shared/locale/locales.ts';

/** Scalars as they are written; each is a string (see `yaml-files.ts`). */
export const Text = z.string().min(1, 'must not be empty');

export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
export const Id = z.string().regex(ID, 'must be letters, digits, dots, dashes and underscores').max(64);

export const Names = z.partialRecord(z.enum(LOCALES), Text);
/** One text for all languages, or one per language. */
export const Wording = z.union(
  [Text.transform(text => Object.fromEntries(LOCALES.map(locale => [locale, text]))), Names],
  `must be a text, or texts by language (${LOCALES.join(', ')})`,
);

export const Several = z.union([Text.transform(text => [text]), z.array(Text)]);
export const Amounts = z.record(z.string(), Text);
