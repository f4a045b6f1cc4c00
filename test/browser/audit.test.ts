import { expect, test } from 'vitest';
import { audit } from './audit.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();

const pageOf = (body: string, head = '<title>A page</title>', language = ' lang="en"') =>
  `data:text/html,${encodeURIComponent(`<!doctype html><html${language}><head>${head}</head><body>${body}</body></html>`)}`;

test('a page that everybody can read is not complained about', async () => {
  const page = await browser.open(
    pageOf(`<main><h1>One</h1><h2>Two</h2><p>Text</p><label style="display:block;padding:12px"><input name="a"> A</label>
      <p>Read <a href="/">this</a> first.</p><table><tr><th scope="col">Amount</th></tr><tr><td>1.00</td></tr></table></main>`),
  );

  expect(await audit(page)).toEqual([]);
});

test.each([
  ['<h1>One</h1><h3>Three</h3>', 'heading-order: Heading levels should only increase by one (h3)'],
  ['<h1>One</h1><p>Name <input name="a" style="height:44px"></p>', 'label: Form elements must have labels (input)'],
  ['<h1>One</h1><p>Logo <img src="data:,"></p>', 'image-alt: Images must have alternative text (img)'],
  // #777 on white is 4.48 : 1 (WebAIM's table of greys), #767676 the lightest grey that passes.
  [
    '<h1>One</h1><p style="color:#777">Grey</p>',
    'color-contrast: Elements must meet minimum color contrast ratio thresholds (p)',
  ],
  ['<h1>One</h1><p><button style="width:60px;height:20px">Go</button></p>', 'A target of 60 by 20 pixels: <button> Go'],
  ['<h1>One</h1><p>See <a style="outline:none" href="/">there</a>, please.</p>', 'A focus that nobody sees: <a> there'],
  ['<h1>One</h1><div style="width:2000px">Wide</div>', 'The page is 2008 pixels wide, the window 1280.'],
])('of %s it says: %s', async (body, complaint) => {
  const complaints = await audit(await browser.open(pageOf(`<main>${body}</main>`)));

  expect(complaints).toEqual([complaint]);
});

test('large text may be paler; what is not shown is not looked at', async () => {
  const body = '<h1 style="color:#888">One</h1><p style="color:#767676">Grey</p><p hidden style="color:#fff">White</p>';
  const page = await browser.open(pageOf(`<main>${body}</main>`));

  expect(await audit(page)).toEqual([]);
});

test('language, title and landmarks are asked for', async () => {
  const page = await browser.open(pageOf('<h1>One</h1>', '', ''));

  expect(await audit(page)).toEqual([
    'document-title: Documents must have <title> element to aid in navigation (html)',
    'html-has-lang: <html> element must have a lang attribute (html)',
    'landmark-one-main: Document should have one main landmark (html)',
    'region: All page content should be contained by landmarks (h1)',
  ]);
});

test('a mail has the landmarks of the page that shows it', async () => {
  expect(await audit(await browser.open(pageOf('<p>Your bill</p>')), 'mail')).toEqual([]);
});
