/** The Markdown document with this chapter in place of the one of that title, or at its end. */
export function withSection(document: string, title: string, body: string): string {
  const chapters = document.trimEnd().split(/^(?=## )/m);
  const written = `## ${title}\n\n${body.trimEnd()}\n\n`;
  const at = chapters.findIndex(chapter => chapter.startsWith(`## ${title}\n`));
  const [before, after] = at === -1 ? [chapters, []] : [chapters.slice(0, at), chapters.slice(at + 1)];
  const spaced = (parts: readonly string[]) => parts.map(part => `${part.trimEnd()}\n\n`).join('');
  return `${spaced(before)}${written}${spaced(after)}`.trimEnd().concat('\n');
}

/** Chapters whose title begins so, as they stand. */
export function sectionsOf(document: string, beginning: string): string[] {
  return document
    .split(/^(?=## )/m)
    .filter(chapter => chapter.startsWith(`## ${beginning}`))
    .map(chapter => `${chapter.trimEnd()}\n`);
}
