import { createHash, randomUUID } from 'node:crypto';

interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, Buffer>;
}

/** S3's limit: every part but the last has at least so many bytes. */
const SMALLEST_PART = 5 * 1024 * 1024;

/** Objects that come in parts: none is there before its upload is completed. */
export class MultipartUploads {
  readonly #uploads = new Map<string, Upload>();

  begin(key: string, headers: Readonly<Record<string, string>>): string {
    const id = randomUUID();
    this.#uploads.set(id, { key, headers, parts: new Map() });
    return id;
  }

  /** The same number again replaces the part. Returns its tag; `undefined`: there is no such upload. */
  put(id: string, number: number, body: Buffer): string | undefined {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return undefined;
    upload.parts.set(number, body);
    return `"${createHash('md5').update(body).digest('hex')}"`;
  }

  /** The whole object; the upload is over then. */
  complete(id: string): (Omit<Upload, 'parts'> & { readonly body: Buffer }) | 'no-such-upload' | 'part-too-small' {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return 'no-such-upload';
    const bodies = [...upload.parts].sort(([a], [b]) => a - b).map(([, body]) => body);
    if (bodies.slice(0, -1).some(({ length }) => length < SMALLEST_PART)) return 'part-too-small';
    this.#uploads.delete(id);
    return { key: upload.key, headers: upload.headers, body: Buffer.concat(bodies) };
  }

  abort(id: string): void {
    this.#uploads.delete(id);
  }
}
