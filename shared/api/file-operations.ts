import * as z from 'zod';
import { jsonBody } from '#shared/platform/http/body.ts';
import { LISTING } from '#shared/platform/http/listing.ts';
import { FILE_NAME } from '#shared/usage/files/file-place.ts';
import { operation } from './declare.ts';

const sourceName = z.string().min(1).max(64);

const WantedUpload = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .refine(name => FILE_NAME.test(name), 'must have 1 to 200 printable characters, without a slash')
    .describe('What the file is called; it stands in lists.'),
  source: sourceName.optional().describe("Who sends it; left out: the key's own source."),
});

/** Files of usage (contract section 17). */
export const fileOperations = {
  askUpload: operation({
    method: 'POST',
    path: '/v1/usage/uploads',
    scope: 'usage:write',
    summary: 'Ask for an address to upload a file to',
    description:
      'Put the bytes, at most 5 GB, to `url` with `PUT` before `expiresAt`. The file is then read by the format of its source in the catalog; without one it is NDJSON, or CSV with a header of the names of a record. It may be packed with gzip. A file that comes twice changes nothing.',
    body: jsonBody(WantedUpload),
    example: { name: 'calls-2026-11-12.csv.gz', source: 'switch-1' },
    answers: { 201: 'Upload' },
    problems: ['no-source', 'other-source', 'unknown-source'],
  }),
  listSources: operation({
    method: 'GET',
    path: '/v1/sources',
    scope: 'reports:read',
    summary: 'List who sends usage, and how far each has reported',
    description: 'By name, all at once. Times are those at which usage began, by quarters of an hour.',
    answers: { 200: 'SourceList' },
  }),
  listFiles: operation({
    method: 'GET',
    path: '/v1/files',
    scope: 'usage:write',
    summary: 'List files of usage',
    description: 'Newest first. A key without the scope `reports:read` sees the files of its own source.',
    query: z.object({ ...LISTING, source: sourceName.optional() }),
    answers: { 200: 'UsageFileList' },
    problems: ['no-source', 'other-source', 'invalid-cursor'],
  }),
  getFile: operation({
    method: 'GET',
    path: '/v1/files/{file}',
    scope: 'usage:write',
    summary: 'Read what became of a file',
    params: z.object({ file: z.string().max(64) }),
    answers: { 200: 'UsageFile' },
    problems: ['no-such-file'],
  }),
};
