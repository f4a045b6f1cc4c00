import { openOperation } from './declare.ts';

export const documentOperations = {
  getDocument: openOperation({
    method: 'GET',
    path: '/v1/openapi.json',
    opens: 'to everybody',
    summary: 'Read this description of the API',
    answers: { 200: 'ApiDocument' },
  }),
  getReference: openOperation({
    method: 'GET',
    path: '/docs',
    opens: 'to everybody',
    summary: 'Read the API reference as a page',
    answers: { 200: 'HtmlPage' },
  }),
};
