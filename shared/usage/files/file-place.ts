import { sha256 } from '#shared/platform/digest.ts';

// Where files of usage lie in the bucket:
//
//   uploads/<source>/<file>/<name>   put to a presigned address
//   drops/<source>/<name>            put by whom the operator lets; the name may have folders
//   files/<file>/plain/00000         an unpacked file, in pieces
//   files/<file>/refused/...         what was refused of it, and why

/** Folders whose new objects are files of usage. */
export const FILE_FOLDERS = ['uploads/', 'drops/'] as const;

/** A name without folders: 1 to 200 printable characters. It stands in the object's key and in answers. */
export const FILE_NAME = /^(?!\.{1,2}$)[^\p{C}\p{Zl}\p{Zp}/\\]{1,200}$/u;

const FILE_ID = /^[0-9a-f]{24}$/;

export interface FilePlace {
  readonly key: string;
  readonly source: string;
  readonly name: string;
  /** Of an upload: the file that its address was made for. */
  readonly file: string | undefined;
}

/** `undefined`: nothing that is read, such as the empty object by which a console shows a folder. */
export function placeOfKey(key: string): FilePlace | undefined {
  if (key.endsWith('/')) return undefined;
  const [folder, source = '', ...rest] = key.split('/');
  if (rest.length === 0 || source === '') return undefined;
  if (folder === 'drops') return { key, source, name: rest.join('/'), file: undefined };
  const [file = '', ...name] = rest;
  if (folder !== 'uploads' || name.length === 0) return undefined;
  return { key, source, name: name.join('/'), file: FILE_ID.test(file) ? file : undefined };
}

export function uploadKey(source: string, file: string, name: string): string {
  return `uploads/${source}/${file}/${name}`;
}

/** The same object with the same content is the same file, however often it is announced. */
export function fileOfObject(key: string, etag: string): string {
  return sha256(`${key}\n${etag}`).slice(0, 24);
}

export function pieceKey(file: string, piece: number): string {
  return `files/${file}/plain/${String(piece).padStart(5, '0')}`;
}

/** What was refused of a batch that begins there. Keys sort by place. */
export function refusalsKey(file: string, from: { readonly offset: number; readonly skip: number }): string {
  const [offset, skip] = [from.offset, from.skip].map(count => String(count).padStart(14, '0'));
  return `files/${file}/refused/${offset}-${skip}.ndjson.gz`;
}

export function allRefusalsKey(file: string): string {
  return `files/${file}/refused.ndjson.gz`;
}
