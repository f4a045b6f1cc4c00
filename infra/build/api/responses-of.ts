import type * as z from 'zod';
import type {
  ZodOpenApiContentObject,
  ZodOpenApiMediaTypeObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { Description } from '#shared/api/declare.ts';
import { PROBLEMS, type ProblemCode } from '#shared/api/problems.ts';
import { SHAPES, type Shape, type ShapeName } from '#shared/api/shapes.ts';

const WORDS: Readonly<Record<number, string>> = {
  200: 'OK.',
  201: 'It was made.',
  202: 'Accepted.',
  303: 'See there.',
};

const HEADERS = {
  'x-request-id': { schema: { type: 'string' }, description: 'Finds the request in the logs.' },
} as const;

const components = new Map<string, z.ZodType>();

/** What an operation may answer, by status. */
export function responsesOf(
  { answers }: Pick<Description, 'answers'>,
  problems: readonly ProblemCode[],
): ZodOpenApiResponsesObject {
  const responses: Record<`${number}`, ZodOpenApiResponseObject> = {};
  for (const [status, shapes] of Object.entries(answers)) {
    responses[`${Number(status)}`] = answerObject(Number(status), [shapes].flat());
  }
  for (const status of new Set(problems.map(code => PROBLEMS[code].status))) {
    const codes = problems.filter(code => PROBLEMS[code].status === status);
    const described = codes.map(code => `- \`${code}\`: ${PROBLEMS[code].means}`).join('\n');
    const there = responses[`${status}`];
    responses[`${status}`] =
      there === undefined
        ? { description: described, headers: HEADERS, content: contentOf(['Problem']) }
        : { ...there, description: described };
  }
  return responses;
}

function answerObject(status: number, names: readonly ShapeName[]): ZodOpenApiResponseObject {
  const means = names.flatMap(name => ('means' in SHAPES[name] ? [SHAPES[name].means] : []));
  const content = contentOf(names);
  return {
    description: [WORDS[status], ...means].filter(Boolean).join(' '),
    headers: {
      ...HEADERS,
      ...(status === 303 && { location: { schema: { type: 'string' }, description: 'Where it is.' } }),
    },
    ...(Object.keys(content).length > 0 && { content }),
  };
}

function contentOf(names: readonly ShapeName[]): ZodOpenApiContentObject {
  const content: Record<string, ZodOpenApiMediaTypeObject> = {};
  for (const name of names) {
    const shape: Shape = SHAPES[name];
    if ('schema' in shape) {
      const schema = component(name, shape.schema);
      content[shape.type ?? 'application/json'] = { schema, example: shape.example };
    } else if (shape.type !== null) {
      content[shape.type] = { schema: { type: 'string' } };
    }
  }
  return content;
}

/** The same schema under the same name, however many operations answer it. */
function component(name: string, schema: z.ZodType): z.ZodType {
  const known = components.get(name) ?? schema.meta({ ...schema.meta(), id: name });
  components.set(name, known);
  return known;
}
