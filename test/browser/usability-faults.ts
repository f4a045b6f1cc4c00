/**
 * Runs inside a page, so that it refers to nothing outside of itself. Returns as sentences what axe-core leaves open:
 * the size of targets, focus that can be seen, and a page no wider than its window.
 */
export function usabilityFaults(): string[] {
  const faults: string[] = [];
  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const say = (what: string, element: Element) => {
    const text = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60);
    faults.push(`${what}: <${element.localName}> ${text}`);
  };

  const width = document.documentElement.scrollWidth;
  if (width > window.innerWidth + 1) faults.push(`The page is ${width} pixels wide, the window ${window.innerWidth}.`);

  const CONTROLS =
    'a[href], button:not(:disabled), input:not([type=hidden], :disabled), select, textarea, summary, [tabindex="0"]';
  const controls = [...document.querySelectorAll<HTMLElement | SVGElement>(CONTROLS)].filter(isShown);

  // WCAG 2.2, 2.5.5: 44 pixels, but for links within a sentence, whose line sets their height. Where a mouse points,
  // links that stand alone may be as small as 2.5.8 allows. A region that scrolls is no target.
  const leastOf = (control: Element) => (window.innerWidth < 700 || !control.matches('a') ? 44 : 24);
  const isInSentence = (control: Element) => {
    if (getComputedStyle(control).display !== 'inline' || control.closest('svg') !== null) return false;
    const around = control.closest('p, li, td, th, dd, dt, small, caption, label, pre, div, section') ?? control;
    return (around.textContent ?? '').trim().length > (control.textContent ?? '').trim().length;
  };
  const targetOf = (control: Element) =>
    ((control instanceof HTMLInputElement ? control.labels?.[0] : undefined) ?? control).getBoundingClientRect();
  for (const control of controls.filter(each => !each.matches('section'))) {
    if (isInSentence(control)) continue;
    const target = targetOf(control);
    if (Math.min(target.width, target.height) >= leastOf(control) - 0.5) continue;
    say(`A target of ${Math.round(target.width)} by ${Math.round(target.height)} pixels`, control);
  }

  // WCAG 2.2, 2.4.7: readers who come by keyboard see where they are. What changes may be inside, as in a drawing.
  const looks = (element: Element) =>
    [element, ...element.querySelectorAll('*')]
      .map(each => {
        const style = getComputedStyle(each);
        const { outlineStyle, outlineWidth, outlineColor } = style;
        const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
        return [outline, style.boxShadow, style.borderColor, style.stroke, style.strokeWidth].join();
      })
      .join(' ');
  for (const control of controls) {
    const before = looks(control);
    // `focusVisible` is in browsers, not yet in the types.
    const options: FocusOptions & { focusVisible: boolean } = { focusVisible: true, preventScroll: true };
    control.focus(options);
    if (document.activeElement !== control) say('A control that takes no focus', control);
    else if (looks(control) === before) say('A focus that nobody sees', control);
    control.blur();
  }
  return faults;
}
