import { mkdirSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { madeInTests } from '#test/parts/inside-tests.ts';
import { browserProgram } from './browser-program.ts';

/** Pictures are for looking at. Nothing is decided by them, and a browser on a busy machine may never finish one. */
const WITH_PICTURES = process.env.PICTURES !== undefined;
const SCREENS = new URL('../../reports/browser/', import.meta.url).pathname;

export type Look = 'light' | 'dark';

/** A phone and a desk, by day and by night. */
export const LOOKS: readonly (readonly [width: number, look: Look])[] = [
  [360, 'light'],
  [360, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
];

export interface Visit {
  /** Pixels. Default 1280. */
  readonly width?: number;
  readonly look?: Look;
  /** What the browser asks for. Default: English. */
  readonly language?: string;
  /** Default: pages may run theirs. */
  readonly withScript?: boolean;
}

export interface Visitor {
  /** A page of a browser of its own, closed at the end of the file. */
  readonly open: (url: string, visit?: Visit) => Promise<Page>;
  /** With `PICTURES=1` the whole page as it is seen: `reports/browser/<name>.png`. */
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
    open: async (url, { width = 1280, look = 'light', language = 'en', withScript = true } = {}) => {
      const context = await madeInTests('The browser', browser).newContext({
        viewport: { width, height: 900 },
        colorScheme: look,
        locale: language,
        javaScriptEnabled: withScript,
      });
      // The machine may have others to serve.
      context.setDefaultTimeout(240_000);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    picture: async (page, name) => {
      if (WITH_PICTURES) await page.screenshot({ path: `${SCREENS}${name}.png`, fullPage: true });
    },
  };
}
