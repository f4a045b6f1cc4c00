/** The look of the inbox: the reader's own colours and fonts; on a narrow screen a row becomes a block. */
export const INBOX_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 80rem; margin: 0 auto; padding: 24px 16px; background: Canvas; color: CanvasText; }
h1 { font-size: 28px; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 24px 0 8px; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; overflow-wrap: anywhere; border-bottom: 1px solid #8888; }
th:nth-child(1) { width: 11.5rem; }
th:nth-child(2) { width: 16rem; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
td a, p a { display: inline-block; min-width: 44px; padding: 10px 0; margin: -10px 0; }
summary { padding: 10px 0; margin: -10px 0; }
.facts { list-style: none; padding: 0; overflow-wrap: anywhere; }
.parts { display: grid; gap: 24px; }
.parts > * { min-width: 0; }
.mail { border: 1px solid #8888; overflow-x: auto; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8888; padding: 16px; margin: 0; }
:focus-visible { outline: 3px solid #0b6bcb; outline-offset: 2px; }
@media (max-width: 700px) {
  thead { display: none; }
  tr { display: block; padding: 8px 0; border-bottom: 1px solid #8888; }
  td { display: block; padding: 0; border: 0; }
}
@media (min-width: 1000px) { .parts { grid-template-columns: minmax(640px, 3fr) 2fr; } }
`;
