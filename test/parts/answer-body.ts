import * as z from 'zod';

/** The body of an answer: an object of JSON whose members the types do not know. Empty where it is none. */
export type AnswerBody = Readonly<Record<string, unknown>>;

const Body = z.record(z.string(), z.unknown());

export function answerBody(text: string): AnswerBody {
  try {
    return Body.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The text under this name. Throws where there is none. */
export function textIn(body: AnswerBody, name: string): string {
  return z.string().parse(body[name]);
}

/** The objects under this name. Throws where there is no list of them. */
export function listIn(body: AnswerBody, name = 'items'): AnswerBody[] {
  return z.array(Body).parse(body[name]);
}

/** The same, each with the members of the schema. */
export function listOf<S extends z.ZodType>(schema: S, body: AnswerBody, name = 'items'): z.output<S>[] {
  return z.array(schema).parse(body[name]);
}

/** The object under this name. */
export function objectIn(body: AnswerBody, name: string): AnswerBody {
  return Body.parse(body[name]);
}
