import * as z from 'zod';

export const FailureDetail = z.object({
  path: z.string().describe('Where in the input: `records/3/startedAt`.'),
  code: z.string(),
  message: z.string(),
});

/** RFC 9457 (contract 1). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().describe('Stable, kebab-case.'),
  errors: z.array(FailureDetail).optional(),
});

export const fileShapes = {
  Problem: {
    schema: Problem,
    type: 'application/problem+json' as const,
    example: {
      type: 'urn:dunlin:problem:invalid-query',
      title: 'Bad request',
      status: 400,
      detail: 'The query is not as expected.',
      code: 'invalid-query',
      errors: [
        {
          path: 'limt',
          code: 'unknown-parameter',
          message: '"limt" is not a query parameter of this address. Known: limit, cursor.',
        },
      ],
    },
  },
  ApiDocument: {
    schema: z.looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) }),
    example: { openapi: '3.1.0', info: { title: 'Dunlin', version: '1' }, paths: {} },
  },
  HtmlPage: { type: 'text/html', means: 'A page.' },
  PdfFile: { type: 'application/pdf', means: 'A PDF file.' },
  CsvFile: { type: 'text/csv', means: 'Itemised, for machines: UTF-8, comma, UTC.' },
  Elsewhere: { type: null, means: 'It is at the address in `location`.' },
  Nothing: { type: null, means: 'Nothing: a body comes with `GET` only.' },
};
