import * as z from 'zod';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { listOf, params, text } from '../wire/params.ts';
import { refusalOf } from '../wire/refusals.ts';

type NamesIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** One call, ready for its handler: parameters parsed, path ids by the names in the template. */
export interface Call<Params, Names extends string> {
  readonly world: World;
  readonly params: Params;
  readonly ids: Readonly<Record<Names, string>>;
  /** Path of the request, which a list gives back as its `url`. */
  readonly path: string;
}

interface Declaration<Method extends string, Path extends string, Shape extends z.ZodRawShape> {
  readonly method: Method;
  readonly path: Path;
  readonly params: Shape;
  readonly handle: (call: Call<z.output<z.ZodObject<Shape, z.core.$strict>>, NamesIn<Path>>) => Wire;
  /** Calls with the same answer here must not overlap. */
  readonly oneAtATime?: (params: z.output<z.ZodObject<Shape, z.core.$strict>>) => string;
}

/** A call whose parameters were accepted: what is left is to run it. */
export interface Prepared {
  readonly expand: readonly string[];
  readonly exclusive: string | undefined;
  readonly run: (world: World) => Wire;
}

export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** @throws ApiError 400 for parameters that Stripe would refuse, before anything has begun. */
  readonly prepare: (input: unknown, path: string, ids: Readonly<Record<string, string>>) => Prepared;
}

/** Declares an operation; every operation takes `expand` besides its own parameters. */
export function operation<const Path extends string, Shape extends z.ZodRawShape>(
  declaration: Declaration<Operation['method'], Path, Shape>,
): Operation {
  const schema = params(declaration.params);
  return {
    method: declaration.method,
    path: declaration.path,
    prepare(input, path, ids) {
      const { expand, ...own } = splitExpand(input);
      const parsed = schema.safeParse(own);
      if (!parsed.success) throw refusalOf(parsed.error.issues, own);
      return {
        expand: parseExpand(expand),
        exclusive: declaration.oneAtATime?.(parsed.data),
        run: world => declaration.handle({ world, params: parsed.data, ids: idsOf<NamesIn<Path>>(ids), path }),
      };
    },
  };
}

const expandSchema = listOf(text(), 20).optional();

function parseExpand(expand: unknown): readonly string[] {
  const parsed = expandSchema.safeParse(expand);
  if (!parsed.success) throw refusalOf(parsed.error.issues, { expand });
  return parsed.data ?? [];
}

function splitExpand(input: unknown): { expand?: unknown } {
  return z.looseObject({ expand: z.unknown().optional() }).parse(input);
}

/** The router matched the template that these names were read from. */
function idsOf<Names extends string>(ids: Readonly<Record<string, string>>): Readonly<Record<Names, string>> {
  return ids as Readonly<Record<Names, string>>;
}
