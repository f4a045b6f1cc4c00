import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFiles } from './source-files.ts';

const DOCS = 'shared/docs';
const files = [...projectFiles().filter(path => /\.(tsx?|md)$/.test(path)), 'README.md'].map(path => ({
  path,
  text: readFileSync(path, 'utf8'),
}));
const pages = files.filter(({ path }) => path.endsWith('.md'));

const headings = (path: string) =>
  [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
/** As GitHub makes them. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Mentions of a pattern that `resolves` does not know, each with its file. */
function dangling(from: typeof files, pattern: RegExp, resolves: (match: RegExpMatchArray, path: string) => boolean) {
  return from.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].filter(match => !resolves(match, path)).map(match => `${path}: ${match[0]}`),
  );
}

/** `contract 2.1` and `contract sections 6 and 8`: the numbers alone. */
const sectionsIn = (mention: string) => mention.match(/\d+(\.\d+)?/g) ?? [];
const numbered = (page: string) =>
  new Set(headings(`${DOCS}/${page}.md`).map(heading => /^(\d+(?:\.\d+)?)\.? /.exec(heading)?.[1]));

describe('references', () => {
  test.each(['contract', 'architecture'])('to a section of the %s lead to one', page => {
    const known = numbered(page);
    const mentions = new RegExp(
      `\\b${page}(?: sections?)? \\d+(?:\\.\\d+)?(?:(?:, | and |, and )\\d+(?:\\.\\d+)?)*`,
      'gi',
    );

    expect(known.size).toBeGreaterThan(5);
    expect(dangling(files, mentions, ([mention]) => sectionsIn(mention).every(number => known.has(number)))).toEqual(
      [],
    );
  });

  test('to a rating rule of the contract lead to one', () => {
    const contract = readFileSync(`${DOCS}/contract.md`, 'utf8');
    const rules = new Set([...contract.matchAll(/^(\d+)\. \*\*/gm)].map(([, number]) => number));

    expect(rules.size).toBe(9);
    expect(dangling(files, /\bsection 5, rules? (\d+)/g, ([, rule]) => rules.has(rule))).toEqual([]);
  });

  test('to a decision lead to its page', () => {
    const decisions = readdirSync(`${DOCS}/decisions`).map(name => name.slice(0, 4));

    expect(dangling(files, /\bdecision (\d{4})\b/gi, ([, number = '']) => decisions.includes(number))).toEqual([]);
  });

  test('of pages lead to files and headings', () => {
    const broken = dangling(pages, /\]\(([^)\s]+)\)/g, ([, target = ''], path) => {
      if (/^(https?|mailto):/.test(target)) return true;
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(found)) return false;
      return anchor === undefined || headings(found).map(anchorOf).includes(anchor);
    });

    expect(broken).toEqual([]);
  });

  test('to files by their path lead to files', () => {
    // `bundle.test.ts` makes a small project of its own; `bench/versus` runs files of earlier commits.
    const real = files.filter(({ path }) => !/bundle\.test\.ts$|^test\/bench\/versus\//.test(path));
    const paths = /(?<![\w./@#-])(?:shared|functions|infra|test)\/[\w./-]+\.(?:tsx?|md|csv|yaml)\b/g;

    expect(dangling(real, paths, ([path]) => existsSync(path))).toEqual([]);
  });

  test('of pages to files by their name alone lead to files', () => {
    const names = new Set(projectFiles().map(path => path.split('/').at(-1)));

    expect(dangling(pages, /`([\w-]+\.tsx?)`/g, ([, name]) => names.has(name))).toEqual([]);
  });

  test('to pages outside of the repository are none', () => {
    const outside = /\b(stripe-facts|libraries\.md|house\.md|style\.md)\b/g;
    const others = files.filter(({ path }) => !path.endsWith('references.test.ts'));

    expect(dangling(others, outside, () => false)).toEqual([]);
  });
});

describe('indexes', () => {
  test('every decision stands in the index under its title', () => {
    const index = readFileSync(`${DOCS}/decisions/README.md`, 'utf8');
    const missing = readdirSync(`${DOCS}/decisions`)
      .filter(name => name !== 'README.md')
      .filter(name => {
        const [title = ''] = headings(`${DOCS}/decisions/${name}`);
        return !title.startsWith(`${name.slice(0, 4)} `) || !index.includes(`[${title}](${name})`);
      });

    expect(missing).toEqual([]);
  });

  test.each(['shared', 'functions'])('every folder of %s/ stands in its list', folder => {
    const list = readFileSync(`${folder}/README.md`, 'utf8');
    const within = new RegExp(`^${folder}/([^/]+)/`);
    const rooms = new Set(projectFiles().flatMap(path => within.exec(path)?.[1] ?? []));

    expect([...rooms].filter(room => !list.includes(`[${room}](${room}`))).toEqual([]);
  });
});
