/** The look of all pages: the reader's own colours and fonts. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 24px 16px; background: Canvas; color: CanvasText; }
h1 { font-size: 28px; line-height: 1.2; }
h2 { font-size: 20px; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: 8px 4px; border-bottom: 1px solid #8888; }
.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
fieldset { border: 1px solid #8888; border-radius: 8px; padding: 8px 16px; margin: 16px 0; }
label { display: flex; gap: 12px; align-items: center; box-sizing: border-box; min-height: 44px; padding: 4px 0; }
input { flex: none; width: 20px; height: 20px; }
td a, p > a:only-child { display: inline-flex; align-items: center; min-width: 44px; min-height: 44px; }
button { font: inherit; min-height: 44px; padding: 8px 24px; }
:focus-visible { outline: 3px solid #0b6bcb; outline-offset: 2px; }
[role] { border-left: 4px solid currentColor; padding: 8px 12px; }
`;
