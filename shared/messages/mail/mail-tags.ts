/** Tags of a mail take letters, digits, `-` and `_` only, at most 256 of them; ids have more signs. */
export function tagText(id: string): string {
  return Buffer.from(id).toString('base64url');
}

export function idOfTag(tag: string): string {
  return Buffer.from(tag, 'base64url').toString();
}
