import type { PartAnswer } from '../gateway/exchange.ts';
import type { StoredObjects } from './stored-objects.ts';

const MOST_KEYS = 1_000;

/** A page of `ListObjectsV2`: keys by prefix, those below a delimiter together. The token is the last key seen. */
export function listAnswer(bucket: string, objects: StoredObjects, asked: URLSearchParams): PartAnswer {
  const prefix = asked.get('prefix') ?? '';
  const delimiter = asked.get('delimiter') ?? '';
  const most = Math.min(Number(asked.get('max-keys') ?? MOST_KEYS), MOST_KEYS);
  const token = asked.get('continuation-token');
  const after = token === null ? (asked.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const groups = new Set<string>();
  const contents: string[] = [];
  let last = '';
  let isTruncated = false;
  for (const { key, body, etag, modifiedAt } of objects.list(prefix, after)) {
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const group = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (group !== undefined && groups.has(group)) {
      last = key;
      continue;
    }
    if (contents.length + groups.size >= most) {
      isTruncated = true;
      break;
    }
    last = key;
    if (group !== undefined) groups.add(group);
    else {
      const facts = [
        tag('Key', key),
        tag('LastModified', new Date(modifiedAt).toISOString()),
        tag('ETag', etag),
        tag('Size', String(body.length)),
        tag('StorageClass', 'STANDARD'),
      ];
      contents.push(`<Contents>${facts.join('')}</Contents>`);
    }
  }
  const members = [
    tag('Name', bucket),
    tag('Prefix', prefix),
    tag('KeyCount', String(contents.length + groups.size)),
    tag('MaxKeys', String(most)),
    tag('IsTruncated', String(isTruncated)),
    ...(isTruncated ? [tag('NextContinuationToken', Buffer.from(last).toString('base64url'))] : []),
    ...contents,
    ...Array.from(groups, group => `<CommonPrefixes>${tag('Prefix', group)}</CommonPrefixes>`),
  ];
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${members.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) };
}

function tag(name: string, content: string): string {
  const escaped = content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return `<${name}>${escaped}</${name}>`;
}
