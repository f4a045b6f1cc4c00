// Run inside a page. Answers what people could not read or use, as sentences.
(() => {
  const complaints = [];
  const say = (what, element) => complaints.push(`${what}: ${describe(element)}`);
  const describe = element =>
    `<${element.localName}> ${(element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60)}`;
  const isShown = element =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const all = selector => [...document.querySelectorAll(selector)].filter(isShown);

  if (!/^[a-z]{2}(-|$)/.test(document.documentElement.lang)) complaints.push('The language of the page is not set.');
  if (document.title.trim() === '') complaints.push('The page has no title.');

  const headings = all('h1, h2, h3, h4, h5, h6');
  const ones = headings.filter(({ localName }) => localName === 'h1').length;
  if (ones !== 1) complaints.push(`There are ${ones} headings of the first level.`);
  let above = 0;
  for (const heading of headings) {
    const level = Number(heading.localName[1]);
    if (level > above + 1) say(`A heading of level ${level} follows one of level ${above}`, heading);
    above = level;
  }

  for (const field of all('input:not([type=hidden]), select, textarea')) {
    const isLabelled =
      field.labels.length > 0 || field.hasAttribute('aria-label') || field.hasAttribute('aria-labelledby');
    if (!isLabelled) say('A field without a label', field.parentElement);
  }
  for (const image of all('img')) if (!image.hasAttribute('alt')) say('A picture without a text', image.parentElement);
  for (const drawing of all('svg:not([aria-hidden=true])')) {
    if (
      !drawing.hasAttribute('aria-label') &&
      !drawing.hasAttribute('aria-labelledby') &&
      !drawing.querySelector('title')
    ) {
      say('A drawing without a text', drawing.parentElement);
    }
  }
  for (const control of all('a[href], button, summary')) {
    const name = control.getAttribute('aria-label') ?? control.textContent ?? '';
    if (name.trim() === '' && control.querySelector('img[alt]') === null)
      say('A control without a name', control.parentElement);
  }
  for (const head of all('th')) if (!head.hasAttribute('scope')) say('A table header without scope', head);
  for (const table of all('table:not([role=presentation])')) {
    if (table.querySelector('th') === null) say('A table without headers', table);
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    complaints.push(`The id ${id} is there twice.`);
  if (document.documentElement.scrollWidth > window.innerWidth + 1) {
    complaints.push(
      `The page is ${document.documentElement.scrollWidth} pixels wide, the window ${window.innerWidth}.`,
    );
  }

  const controls = all(
    'a[href], button:not(:disabled), input:not([type=hidden], :disabled), select, textarea, summary, [tabindex="0"]',
  );

  // WCAG 2.2, 2.5.5: 44 pixels, but for links within a sentence, whose line sets their height. Where a mouse points,
  // links that stand alone may be as small as 2.5.8 allows.
  const leastOf = control => (window.innerWidth < 700 || !control.matches('a') ? 44 : 24);
  const isInSentence = control => {
    if (getComputedStyle(control).display !== 'inline' || control.closest('svg') !== null) return false;
    const around = control.closest('p, li, td, th, dd, dt, small, caption, label, pre, div, section') ?? control;
    return around.textContent.trim().length > control.textContent.trim().length;
  };
  const targetOf = control => {
    const { left, top, right, bottom } = (control.labels?.[0] ?? control).getBoundingClientRect();
    return [right - left, bottom - top];
  };
  for (const control of controls) {
    if (isInSentence(control)) continue;
    const [width, height] = targetOf(control);
    if (Math.min(width, height) < leastOf(control) - 0.5)
      say(`A target of ${Math.round(width)} by ${Math.round(height)} pixels`, control);
  }

  // WCAG 2.2, 2.4.7: whoever comes by keyboard sees where. What changes may be inside, as in a drawing.
  const looks = element =>
    [element, ...element.querySelectorAll('*')]
      .map(each => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, stroke, strokeWidth } =
          getComputedStyle(each);
        const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
        return [outline, boxShadow, borderColor, stroke, strokeWidth].join();
      })
      .join(' ');
  for (const control of controls) {
    const before = looks(control);
    control.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== control) say('A control that takes no focus', control);
    else if (looks(control) === before) say('A focus that nobody sees', control);
    control.blur();
  }

  // WCAG 2.2, 1.4.3: 4.5 : 1, and 3 : 1 for large text.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = ([red, green, blue, alpha], below) =>
    [red, green, blue].map((part, index) => part * alpha + below[index] * (1 - alpha));
  const luminance = rgb => {
    const [red, green, blue] = rgb.map(part => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const schemes = getComputedStyle(document.documentElement).colorScheme;
  const paper = isDark && schemes.includes('dark') ? [18, 18, 18] : [255, 255, 255];
  const behind = element => {
    const layers = [];
    for (let each = element; each !== null; each = each.parentElement)
      layers.push(rgba(getComputedStyle(each).backgroundColor));
    const ground = layers.reduceRight((below, layer) => over(layer, below), paper);
    return shapesBehind(element).reduce((below, shape) => over(rgba(getComputedStyle(shape).fill), below), ground);
  };
  /** In a drawing, what was drawn before and is under the middle of the text. */
  const shapesBehind = text => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return [...(text.closest('svg')?.querySelectorAll('rect') ?? [])].filter(shape => {
      const box = shape.getBoundingClientRect();
      const isBefore = (shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      return isBefore && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    });
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (element === null || seen.has(element) || texts.currentNode.data.trim() === '' || !isShown(element)) continue;
    if (element.closest('[aria-hidden=true], script, style, :disabled') !== null) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    const ground = behind(element);
    const ink = over(rgba(element.closest('svg') === null ? style.color : style.fill), ground);
    const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) say(`Contrast ${ratio.toFixed(2)} of ${size} px text`, element);
  }
  return complaints;
})();
