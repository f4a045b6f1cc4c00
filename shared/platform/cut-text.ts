/** The first so many characters. A character outside the basic plane counts once and is never cut in half. */
export function cutText(text: string, characters: number): string {
  // A character is one or two units of the text.
  return [...text.slice(0, 2 * characters)].slice(0, characters).join('').toWellFormed();
}
