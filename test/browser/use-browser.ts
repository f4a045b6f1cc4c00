import { mkdirSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { browserProgram } from './browser-program.ts';

const SCREENS = new URL('../../reports/browser/', import.meta.url).pathname;

export type Look = 'light' | 'dark';

export interface Visit {
  /** Pixels. Default 1280. */
  readonly width?: number;
  readonly look?: Look;
  /** With the key of an API, for pages that want one. */
  readonly key?: string;
}

export interface Visitor {
  /** A page of a browser of its own, closed at the end of the file. */
  readonly open: (url: string, visit?: Visit) => Promise<Page>;
  /** The whole page as it is seen, to be looked at: `reports/browser/<name>.png`. */
  readonly picture: (page: Page, name: string) => Promise<void>;
}

/** A browser for the test file. */
export function useBrowser(): Visitor {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: await browserProgram(),
      args: sparticuz.args,
      headless: true,
    });
    mkdirSync(SCREENS, { recursive: true });
  });
  afterAll(() => browser?.close());
  return {
    open: async (url, { width = 1280, look = 'light', key } = {}) => {
      if (browser === undefined) throw new Error('The browser exists inside tests only.');
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: look,
        ...(key !== undefined && { extraHTTPHeaders: { authorization: `Bearer ${key}` } }),
      });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    picture: async (page, name) => {
      await page.screenshot({ path: `${SCREENS}${name}.png`, fullPage: true });
    },
  };
}
