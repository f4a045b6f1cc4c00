import { readableOn } from '#shared/catalog/contrast.ts';
import type { BrandColours } from '../view/bill-view.ts';

const LIGHT = { ground: '#ffffff', soft: '#f1f3f5' };
const DARK = { ground: '#15181c', soft: '#1f262d' };

/** `Page ` counter ` of ` counter: what stands at the foot of each printed page. */
export type PageOf = (page: number, pages: number) => string;

/**
 * Sizes 12 14 16 20 28 40, a grid of 4 pixels, one accent. Contrasts are at least 4.5 : 1 on both grounds: the brand's
 * colour is made darker or lighter where it stands as text and could not be read.
 */
export function billStyle(
  { accent, accentText }: BrandColours,
  pageOf: PageOf = (page, pages) => `${page} / ${pages}`,
) {
  const light = readableOn(accent, LIGHT.ground, LIGHT.soft);
  const dark = readableOn(accent, DARK.ground, DARK.soft);
  return `
:root { --ink: #1a1d21; --grey: #565c65; --rule: #d5d9df; --ground: ${LIGHT.ground}; --soft: ${LIGHT.soft};
  --accent: ${light}; --brand: ${accent}; --on-brand: ${accentText}; --good: #1b6b36; --late: #a3271b; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef1; --grey: #a9b0ba; --rule: #3a4049;
  --ground: ${DARK.ground}; --soft: ${DARK.soft}; --accent: ${dark}; --good: #7fce98; --late: #ff9c8f; } }
@media (prefers-color-scheme: dark) { .seller img { background: #fff; padding: 8px; border-radius: 8px; } }
@media print { .seller img { padding: 0; } :root { --ink: #000; --grey: #444; --rule: #bbb; --ground: #fff; --soft: #f3f3f3; --accent: ${light};
  --good: #1b6b36; --late: #a3271b; } }
${RULES}
@page { size: A4; margin: 18mm; @bottom-right { content: ${pageCounters(pageOf)}; } }
`;
}

/** The language's words as CSS, with counters in place of the numbers. */
function pageCounters(pageOf: PageOf): string {
  const [before = '', between = '', after = ''] = pageOf(1, 2).split(/[12]/);
  const quoted = (text: string) => `"${text.replaceAll(/["\\\n]/g, ' ')}"`;
  return `${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)}`;
}

const RULES = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif;
  -webkit-text-size-adjust: 100%; }
main { max-width: 760px; margin: 0 auto; padding: 24px 16px 64px; }
h1, h2, h3, p, ul, dl, dd, address { margin: 0; padding: 0; font-style: normal; }
h1, h2, h3, p, th, dd, address, li { overflow-wrap: anywhere; }
h1 { font-size: 20px; line-height: 1.3; margin: 16px 0; }
h2 { font-size: 20px; margin: 40px 0 8px; }
h3 { font-size: 16px; margin: 0; color: var(--accent); }
.seller { font-weight: 700; font-size: 20px; color: var(--accent); }
.seller img { display: block; max-width: 240px; max-height: 48px; }
.answer { background: var(--soft); border-radius: 8px; padding: 20px; }
.answer .label { color: var(--grey); font-size: 14px; }
.answer .total { font-size: 40px; font-weight: 700; overflow-wrap: normal; line-height: 1.2; font-variant-numeric: tabular-nums; }
.answer .status { font-size: 20px; }
.answer.good .status { color: var(--good); }
.answer.late .status { color: var(--late); font-weight: 600; }
.pay { display: inline-block; margin-top: 16px; min-height: 44px; padding: 10px 24px; border-radius: 8px;
  background: var(--brand); color: var(--on-brand); font-weight: 600; text-decoration: none; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.who { display: flex; flex-wrap: wrap; gap: 24px 48px; margin-top: 24px; font-size: 14px; }
address span { display: block; }
dl div { display: flex; gap: 12px; }
dt { color: var(--grey); flex: 0 0 144px; }
ul { list-style: none; }
.reasons li { display: flex; justify-content: space-between; gap: 16px; padding: 4px 0; max-width: 480px; }
.charges { margin: 24px 0; }
.charges th[scope=col]:nth-child(1) { min-width: 96px; }
.charges th[scope=col]:nth-child(2) { width: 20%; }
.charges th[scope=col]:nth-child(3) { width: 20%; }
.charges th[scope=col]:nth-child(4) { width: 16%; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 400; vertical-align: top; padding: 8px 12px 8px 0; }
td { vertical-align: top; padding: 8px 0 8px 12px; }
thead th { color: var(--grey); font-size: 12px; }
thead th.number { padding: 8px 0 8px 12px; }
tbody tr { border-top: 1px solid var(--rule); }
tfoot tr { border-top: 2px solid var(--rule); font-weight: 600; }
tfoot th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.spoken th { width: 40%; }
.spoken td.number { white-space: normal; }
.note { font-size: 12px; color: var(--grey); }
.folded summary { font-size: 12px; color: var(--grey); font-weight: 400; }
small { display: block; font-size: 12px; color: var(--grey); }
small.part { padding-left: 12px; }
.allowances { margin: 16px 0; }
.allowances li { display: grid; grid-template-columns: 1fr 1.6fr 2fr 1.4fr; gap: 12px; align-items: center; padding: 4px 0;
  font-size: 14px; }
.bar { height: 6px; border-radius: 3px; background: var(--rule); overflow: hidden; }
.bar span { display: block; height: 100%; background: var(--accent); }
.left { color: var(--grey); text-align: right; }
.totals .main th, .totals .main td { font-weight: 700; font-size: 16px; }
footer { margin-top: 40px; border-top: 1px solid var(--rule); }
footer h2 { font-size: 16px; margin: 24px 0 4px; }
footer p { max-width: 70ch; font-size: 14px; }
.links { display: flex; flex-wrap: wrap; gap: 0 24px; font-size: 14px; }
.links a { display: inline-block; min-width: 44px; min-height: 44px; padding: 12px 0; color: var(--accent); overflow-wrap: anywhere; }
.printed { display: none; }
figure { margin: 0; }
.bank { display: grid; grid-template-columns: 1fr auto; gap: 8px 32px; margin-top: 8px; max-width: 70ch; font-size: 14px; }
.bank dt { flex-basis: 128px; }
.bank dd { font-variant-numeric: tabular-nums; }
.bank figure { grid-row: 1 / 3; grid-column: 2; width: 168px; }
.bank svg { display: block; width: 168px; height: 168px; margin-top: 8px; border-radius: 8px; }
.bank p { font-size: 12px; color: var(--grey); }
code { display: block; font-size: 12px; color: var(--grey); overflow-wrap: anywhere; }
summary { cursor: pointer; min-height: 44px; display: flex; align-items: center; }
summary::before { content: "▸"; margin-right: 8px; color: var(--grey); }
details[open] > summary::before { content: "▾"; }
.wide { overflow-x: auto; }
.annex td { padding: 4px 0 4px 12px; white-space: nowrap; font-size: 12px; }
.annex td:first-child { padding-left: 0; }
@media (max-width: 560px) {
  .answer .total { font-size: 28px; }
  .answer .total.long { font-size: 20px; }
  .answer .status { font-size: 16px; }
  .charges thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  .charges table, .charges tbody, .charges tfoot { display: block; }
  .charges tr { display: grid; grid-template-columns: auto 1fr auto; }
  .charges tbody th { padding: 8px 0 0; grid-column: 1 / 3; }
  .charges tfoot th { grid-column: 1 / 3; }
  .charges tbody td { padding: 0 0 8px; color: var(--grey); font-size: 12px; grid-row: 2; text-align: left; }
  .charges tbody td:nth-child(2):not(:empty):has(+ td:not(:empty))::after { content: "\\00a0×\\00a0"; }
  .charges tbody td:last-child { grid-column: 3; grid-row: 1; text-align: right; padding: 8px 0 0 12px; color: var(--ink); font-size: 14px; }
  .bank { grid-template-columns: 1fr; }
  .bank figure { grid-row: auto; grid-column: 1; }
  .allowances li { grid-template-columns: 1fr auto; gap: 0 12px; padding: 8px 0; }
  .allowances .bar { grid-column: 1 / -1; grid-row: 2; margin: 4px 0; }
  .allowances .left { grid-row: 3; grid-column: 2; }
}
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .pay, .links a { display: none; }
  .links { gap: 4px 24px; }
  .printed { display: inline; }
  .bank svg { border-radius: 0; }
  .allowances, footer section, .answer { break-inside: avoid; }
  h1, h2, h3, summary { break-after: avoid; }
  .annex { break-before: page; }
  .wide { overflow: visible; }
  /* A browser repeats the foot of a table as it repeats its head: on each page, as if it were that page's sum. */
  tfoot { display: table-row-group; }
  thead { display: table-header-group; break-after: avoid; }
  tbody tr:first-child, tbody tr:last-child, tfoot tr { break-before: avoid; }
  tr { break-inside: avoid; }
  summary::before { content: none; }
}
@media (prefers-reduced-motion: no-preference) { .pay { transition: filter .15s; } .pay:hover { filter: brightness(1.1); } }
`;
