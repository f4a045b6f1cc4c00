import { expect, test } from 'vitest';
import { audit } from './audit.ts';
import { useBrowser } from './use-browser.ts';

const browser = useBrowser();

const pageOf = (body: string, head = '<title>A page</title>', language = ' lang="en"') =>
  `data:text/html,${encodeURIComponent(`<!doctype html><html${language}><head>${head}</head><body>${body}</body></html>`)}`;

test('a page that everybody can read is not complained about', async () => {
  const page = await browser.open(
    pageOf(`<h1>One</h1><h2>Two</h2><p>Text</p><label style="display:block;padding:12px"><input name="a"> A</label>
      <p>Read <a href="/">this</a> first.</p><table><tr><th scope="col">Amount</th></tr><tr><td>1.00</td></tr></table>`),
  );

  expect(await audit(page)).toEqual([]);
});

test.each([
  ['<h1>One</h1><h3>Three</h3>', 'A heading of level 3 follows one of level 1: <h3> Three'],
  ['<h1>One</h1><h1>Two</h1>', 'There are 2 headings of the first level.'],
  ['<h1>One</h1><p>Name <input name="a" style="height:44px"></p>', 'A field without a label: <p> Name'],
  ['<h1>One</h1><p>Logo <img src="data:,"></p>', 'A picture without a text: <p> Logo'],
  ['<h1>One</h1><table><tr><th>Sum</th></tr></table>', 'A table header without scope: <th> Sum'],
  // #777 on white is 4.48 : 1 (WebAIM's table of greys), #767676 the lightest grey that passes.
  ['<h1>One</h1><p style="color:#777">Grey</p>', 'Contrast 4.48 of 16 px text: <p> Grey'],
  ['<h1>One</h1><p><button style="width:60px;height:20px">Go</button></p>', 'A target of 60 by 20 pixels: <button> Go'],
  ['<h1>One</h1><p>See <a style="outline:none" href="/">there</a>, please.</p>', 'A focus that nobody sees: <a> there'],
  [
    '<h1>One</h1><svg aria-label="Box"><rect width="90" height="40" fill="#777"/><text x="9" y="20" fill="#fff">In</text></svg>',
    'Contrast 4.48 of 16 px text: <text> In',
  ],
  ['<h1>One</h1><div style="width:2000px">Wide</div>', 'The page is 2008 pixels wide, the window 1280.'],
])('of %s it says: %s', async (body, complaint) => {
  expect(await audit(await browser.open(pageOf(body)))).toEqual([complaint]);
});

test('large text may be paler; what is not shown is not looked at', async () => {
  const page = await browser.open(
    pageOf('<h1 style="color:#888">One</h1><p style="color:#767676">Grey</p><p hidden style="color:#fff">White</p>'),
  );

  expect(await audit(page)).toEqual([]);
});

test('language and title are asked for', async () => {
  const page = await browser.open(pageOf('<h1>One</h1>', '', ''));

  expect(await audit(page)).toEqual(['The language of the page is not set.', 'The page has no title.']);
});
