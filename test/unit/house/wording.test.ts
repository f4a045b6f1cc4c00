import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectFiles } from './source-files.ts';

/** What reads like a translation, and what to write instead. */
const WORDS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(?<!\b[Tt]here )\bis no (?!longer\b|more\b|other\b|one\b)/g, 'is not a'],
  [/(?<!\b[Tt]here )\bis none\b(?! of)/g, 'is not one'],
  [/\bstands? twice\b/g, 'appears twice'],
  [/\bAnswers (?:`|its\b|the\b|an?\b|what\b|how\b|whether\b|when\b|which\b)/g, 'Returns'],
  [/; taken: /g, '; supported: '],
];

/** Words that are shown as bad examples, or are a subscriber's language, are not ours. */
const EXEMPT = /^test\/|\/(generated|texts)\/|CONTRIBUTING\.md$/;
const files = projectFiles().filter(path => /\.(tsx?|md)$/.test(path) && !EXEMPT.test(path));

test.each(WORDS)('no text or comment says %s; it says "%s"', pattern => {
  const found = files.flatMap(path =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter(line => line.match(pattern) !== null)
      .map(line => `${path}: ${line.trim()}`),
  );

  expect(found).toEqual([]);
});
