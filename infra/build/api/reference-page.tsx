import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import * as z from 'zod';
import { Fields } from './reference-fields.tsx';
import { REFERENCE_STYLE } from './reference-style.ts';
import { Words } from './reference-words.tsx';

const Content = z.record(
  z.string(),
  z.looseObject({ schema: z.unknown().optional(), example: z.unknown().optional() }),
);
const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: z.unknown().optional(),
});
const Operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ required: z.boolean().optional(), content: Content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: Content.optional() })),
});
type Operation = z.output<typeof Operation>;
const Document = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
type Schemas = Readonly<Record<string, unknown>>;

interface Entry {
  readonly call: string;
  readonly operation: Operation;
}

/** The API reference as one page that needs nothing from elsewhere, made from the document. */
export function referencePage(document: unknown): string {
  const { info, tags, paths, components } = Document.parse(document);
  const entries = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ call: `${method.toUpperCase()} ${path}`, operation })),
  );
  const groups = tags.map(({ name }) => ({
    name,
    entries: entries.filter(({ operation }) => operation.tags.includes(name)),
  }));
  return `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{info.title} API</title>
        <style dangerouslySetInnerHTML={{ __html: REFERENCE_STYLE }} />
      </head>
      <body>
        <header>
          <h1>{info.title} API</h1>
          <Words text={info.description} />
          <p>
            For programs: <a href="/v1/openapi.json">OpenAPI 3.1</a>.
          </p>
        </header>
        <nav aria-label="Operations">
          {groups.map(group => (
            <section>
              <h3>{group.name}</h3>
              <ul>
                {group.entries.map(({ call, operation }) => (
                  <li>
                    <a href={`#${operation.operationId}`}>{operation.summary}</a> <code class="soft">{call}</code>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <main>
          {groups.map(group => (
            <section>
              <h2>{group.name}</h2>
              {group.entries.map(entry => (
                <OperationArticle {...entry} schemas={components.schemas} />
              ))}
            </section>
          ))}
        </main>
      </body>
    </html>,
  )}`;
}

function OperationArticle({ call, operation, schemas }: Entry & { readonly schemas: Schemas }): VNode {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return (
    <article id={operationId}>
      <h3>{summary}</h3>
      <p>
        <code class="call">{call}</code>
      </p>
      <Words text={description} />
      {parameters.length > 0 && <ParameterTable parameters={parameters} schemas={schemas} />}
      {requestBody !== undefined && (
        <details>
          <summary>Body{requestBody.required === false ? ', may be left out' : ''}</summary>
          <ContentOf content={requestBody.content} schemas={schemas} />
        </details>
      )}
      {Object.entries(responses).map(([status, { description: means, content = {} }]) => (
        <details>
          <summary>
            {status} <span class="soft">{Object.keys(content).join(', ')}</span>
          </summary>
          <Words text={means} />
          {Number(status) < 400 && <ContentOf content={content} schemas={schemas} />}
        </details>
      ))}
    </article>
  );
}

function ParameterTable({
  parameters,
  schemas,
}: {
  readonly parameters: Operation['parameters'];
  readonly schemas: Schemas;
}) {
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">In</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, in: place, required, description, schema }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{required === true ? `${place}, required` : place}</td>
              <td>
                <Fields schema={schema} schemas={schemas} /> {description !== undefined && <Words text={description} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ContentOf({ content, schemas }: { readonly content: z.output<typeof Content>; readonly schemas: Schemas }) {
  return (
    <>
      {Object.entries(content).map(([type, { schema, example }]) => (
        <div>
          <p>
            <code>{type}</code>
          </p>
          <Fields schema={schema} schemas={schemas} />
          {example !== undefined && <pre tabIndex={0}>{JSON.stringify(example, null, 2)}</pre>}
        </div>
      ))}
    </>
  );
}
