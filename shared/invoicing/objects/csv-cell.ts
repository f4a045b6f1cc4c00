/** Nothing but digits behind a sign: a spreadsheet makes a number of it, never a formula. */
const NUMBER = /^[+-]?[\d ]+([.,]\d+)?\**$/;
const STARTS_FORMULA = /^[=+\-@\t\r]/;

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function safeCell(cell: string | number): string {
  const text = String(cell);
  return STARTS_FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
