import axe from 'axe-core';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { usabilityFaults } from './usability-faults.ts';

/** WCAG 2.2 up to level AA, and what axe-core's authors recommend beyond it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * A mail is a part of the reader's page, so that its landmarks are the mail program's. Pages are documents of their own
 * and hold to all rules.
 */
const NOT_FOR_MAILS = ['landmark-one-main', 'region', 'page-has-heading-one'];

const Violations = z.array(z.object({ rule: z.string(), help: z.string(), targets: z.array(z.string()) }));

/**
 * Returns what people could not read or use on a page, as sentences: what axe-core finds, then the size of targets,
 * visible focus and the page's width, which it does not look at. Not a proof of accessibility; a floor under it.
 */
export async function audit(page: Page, kind: 'page' | 'mail' = 'page'): Promise<string[]> {
  const copy = await withScripts(page);
  try {
    return await complaintsAbout(copy, kind);
  } finally {
    await copy.close();
  }
}

/**
 * The same document at the same address, width and look, in a browser that runs scripts: axe-core waits for timers, which
 * never come where a page was opened without scripts.
 */
async function withScripts(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const context = await browser.newContext({
    viewport: page.viewportSize(),
    colorScheme: isDark ? 'dark' : 'light',
  });
  const copy = await context.newPage();
  const body = await page.content();
  if (!page.url().startsWith('http')) {
    await copy.setContent(body);
    return copy;
  }
  await copy.route(page.url(), route => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }));
  await copy.goto(page.url());
  return copy;
}

async function complaintsAbout(page: Page, kind: 'page' | 'mail'): Promise<string[]> {
  await page.evaluate(axe.source);
  const rules = Object.fromEntries((kind === 'mail' ? NOT_FOR_MAILS : []).map(rule => [rule, { enabled: false }]));
  const options = { runOnly: { type: 'tag', values: TAGS }, rules, resultTypes: ['violations'] };
  const run = `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations.map(
    ({ id, help, nodes }) => ({ rule: id, help, targets: nodes.map(({ target }) => target.join(' ')) })))`;
  const violations = Violations.parse(await page.evaluate(run));
  return [
    ...violations.map(({ rule, help, targets }) => `${rule}: ${help} (${targets.join(', ')})`),
    ...(await page.evaluate(usabilityFaults)),
  ];
}
