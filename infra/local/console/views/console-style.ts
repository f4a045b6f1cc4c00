/** As the bill's page: sizes 12 14 16 20 28, a grid of 4 pixels, contrasts of at least 4.5 : 1 on both grounds. */
export const CONSOLE_STYLE = `
:root { color-scheme: light dark; --ink: #1a1d21; --grey: #565c65; --rule: #d5d9df; --ground: #fff; --soft: #eef4f7;
  --accent: #0b5c7a; --good: #1b6b36; --late: #a3271b; --on-late: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef1; --grey: #a9b0ba; --rule: #3a4049; --ground: #15181c;
  --soft: #1f262d; --accent: #7cc4de; --good: #7fce98; --late: #ff9c8f; --on-late: #15181c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif;
  -webkit-text-size-adjust: 100%; }
main, .top { max-width: 1264px; margin: 0 auto; padding: 16px; }
h1, h2, h3, p, ul, ol, dl, dd, form { margin: 0; padding: 0; }
h1 { font-size: 28px; line-height: 1.2; margin-bottom: 12px; }
h2 { font-size: 20px; margin: 32px 0 8px; }
h3 { font-size: 14px; color: var(--grey); font-weight: 600; margin: 16px 0 4px; }
ul, ol { list-style: none; }
a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible, button:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px;
  border-radius: 4px; }
.top { display: flex; flex-wrap: wrap; gap: 12px 24px; justify-content: space-between; align-items: center; }
.top .name { font-weight: 700; color: var(--accent); font-size: 20px; text-decoration: none; min-height: 44px;
  display: flex; align-items: center; }
.clock { background: var(--soft); border-radius: 8px; padding: 12px 16px; }
.clock time { font-weight: 600; font-variant-numeric: tabular-nums; }
.clock small, .quiet, small { color: var(--grey); font-size: 14px; }
.clock .moves { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
button { font: inherit; font-size: 14px; min-height: 44px; padding: 8px 16px; border: 1px solid var(--accent);
  border-radius: 8px; background: var(--ground); color: var(--accent); cursor: pointer; }
button:disabled { border-color: var(--rule); color: var(--grey); cursor: default; }
.links { display: flex; flex-wrap: wrap; gap: 0 20px; }
.cards td .links { margin: -10px 0; }
.links a, .back { display: inline-flex; min-width: 44px; min-height: 44px; align-items: center; }
td a, th a { display: inline-block; padding: 4px 0; margin: -4px 0; }
.quiet + table, .quiet + ol { margin-top: 12px; }
.good { color: var(--good); font-weight: 600; }
.late { color: var(--late); font-weight: 600; }
.path svg { display: none; max-width: 100%; height: auto; overflow: visible; }
.path svg.narrow { display: block; margin: 0 auto; }
.path text { font-family: inherit; fill: var(--ink); font-size: 14px; }
.path .title { font-weight: 600; }
.path .grey { fill: var(--grey); font-size: 12px; }
.path .count { font-weight: 700; font-size: 16px; fill: var(--accent); font-variant-numeric: tabular-nums; }
.path .box { fill: var(--soft); stroke: var(--rule); }
.path .line { stroke: var(--grey); stroke-width: 1.5; fill: none; }
.path .head { fill: var(--grey); }
.path .mark rect { fill: var(--late); }
.path .mark rect.hit { fill: transparent; }
.path .mark text { fill: var(--on-late); font-weight: 700; font-size: 12px; }
.path a { text-decoration: none; }
.path a:hover .box, .path a:focus-visible .box { stroke: var(--accent); stroke-width: 2; }
.waiting { border: 2px solid var(--late); border-radius: 8px; padding: 4px 16px; margin-top: 16px; }
.waiting a { color: var(--late); font-weight: 600; display: inline-flex; min-height: 44px; align-items: center; }
.waiting ul { display: flex; flex-wrap: wrap; gap: 0 24px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: left; color: var(--grey); font-size: 14px; padding-bottom: 8px; }
th { text-align: left; font-weight: 400; vertical-align: top; padding: 8px 12px 8px 0; }
td { vertical-align: top; padding: 8px 12px 8px 0; }
.number + td, .number + th { padding-left: 16px; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--grey); font-size: 12px; }
tbody th { font-weight: 600; }
th small { font-weight: 400; }
tbody tr { border-top: 1px solid var(--rule); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.wide { overflow-x: auto; }
.lines li { white-space: nowrap; }
.happenings li { display: grid; grid-template-columns: 52px 76px 1fr; gap: 4px 8px; padding: 6px 0; font-size: 14px;
  border-top: 1px solid var(--rule); }
.happenings time { color: var(--grey); font-variant-numeric: tabular-nums; }
.happenings .kind { font-weight: 600; }
.happenings small { display: block; font-size: 12px; }
.effects li { padding: 6px 0; border-top: 1px solid var(--rule); font-size: 14px; }
.effects small { display: block; font-size: 12px; }
.pager { display: flex; justify-content: space-between; gap: 16px; }
.pager a { min-width: 44px; min-height: 44px; display: inline-flex; align-items: center; }
.facts { display: grid; gap: 12px 32px; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); margin: 16px 0; }
.facts dt { color: var(--grey); font-size: 12px; }
.facts dd { font-size: 16px; }
@media (min-width: 820px) { .path svg.narrow { display: none; } .path svg.middle { display: block; margin: 0 auto; } }
@media (min-width: 1000px) { .two { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 40px; }
  .clock { display: flex; align-items: center; gap: 8px 24px; } .clock .moves { margin: 0; } }
@media (min-width: 1260px) { .path svg.middle { display: none; } .path svg.wide { display: block; overflow: visible; } }
@media (max-width: 700px) {
  .cards thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  .cards, .cards tbody { display: block; }
  .cards tr { display: grid; grid-template-columns: auto 1fr; padding: 8px 0; }
  .cards tbody th { grid-column: 1 / -1; padding: 4px 0; font-size: 16px; }
  .cards td { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: 16px; padding: 4px 0;
    text-align: right; white-space: normal; }
  .cards td::before { content: attr(data-label); color: var(--grey); font-weight: 400; text-align: left; }
  .cards a, .happenings a { display: inline-flex; min-width: 44px; min-height: 44px; align-items: center; margin: 0; padding: 0; }
  .cards td a { justify-content: flex-end; }
  .cards td { align-items: center; }
  .happenings li { grid-template-columns: 52px 1fr; }
  .happenings .what { grid-column: 1 / -1; }
  .clock { width: 100%; }
}
@media (prefers-reduced-motion: no-preference) { button { transition: filter .15s; } button:hover { filter: brightness(1.1); } }
`;
