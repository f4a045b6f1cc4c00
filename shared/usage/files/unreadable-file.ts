/** Why a file is refused as a whole. */
export const FILE_REASONS = [
  'unknown-source',
  'empty',
  'not-this-format',
  'corrupt',
  'inflates-too-much',
  'too-large',
  'gone',
  'replaced',
  'not-uploaded',
] as const;
export type FileReason = (typeof FILE_REASONS)[number];

/** A file of which nothing can be read, or nothing more. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly code: FileReason;
  /** A sentence for whoever sent the file. */
  readonly detail: string;

  constructor(code: FileReason, detail: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}
