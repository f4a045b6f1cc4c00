import type { FieldMappings, QuantityCase, SourceMapping, TextCase, TimeCase, When } from '../usage-source.ts';
import type { MappingSource } from './source-source.ts';

type Written<F extends keyof MappingSource> = NonNullable<MappingSource[F]>;
type WrittenTexts = Written<'line'>;
type WrittenTimes = Written<'startedAt'>;
type WrittenTime = NonNullable<WrittenTimes['cases']>[number];
/** Beside cases the column may be missing. */
type AnyTime = Omit<WrittenTime, 'column' | 'when'> &
  Pick<WrittenTimes, 'column'> & { readonly when?: WrittenTime['when'] };
type WrittenQuantities = Written<'seconds'>;
type WrittenQuantity = NonNullable<WrittenQuantities['cases']>[number];
type WrittenWhen = NonNullable<WrittenTime['when']>;

/** Rows of one call stand near each other: so many rows later it is complete. */
const ROWS_APART = 1_000;

/** A mapping as the operator writes it → as files are read by it. `checkMapping` tells what is wrong with it. */
export function compileMapping(written: MappingSource): SourceMapping {
  const { file, leaveOut, rows } = written;
  return defined({
    file: file && defined(file),
    fields: compileFields(written),
    leaveOut:
      leaveOut &&
      Object.entries(leaveOut).map(([id, when]) =>
        when === 'off' ? { id, when: [], off: true } : { id, when: compileWhen(when) },
      ),
    rows: rows && { of: rows.of, keep: rows.keep, within: rows.within ?? ROWS_APART },
  });
}

function compileFields(written: MappingSource): FieldMappings {
  const { cost, startedAt } = written;
  return defined({
    id: texts(written.id),
    line: texts(written.line, 'number'),
    kind: texts(written.kind),
    direction: texts(written.direction),
    peer: texts(written.peer, 'number'),
    startedAt: startedAt && times(startedAt),
    seconds: quantities(written.seconds),
    bytes: quantities(written.bytes),
    count: quantities(written.count),
    network: texts(written.network, 'network'),
    session: texts(written.session),
    sequence: quantities(written.sequence),
    cost: cost && { amount: texts(cost.amount) ?? [], currency: texts(cost.currency) ?? [] },
    voids: texts(written.voids),
  });
}

function texts(written: WrittenTexts | undefined, form?: TextCase['as']): TextCase[] | undefined {
  if (written === undefined) return undefined;
  return casesOf(written).map(({ when, column = [], join, as = form, value }) =>
    defined({ when: compileWhen(when), value, columns: column, join, as }),
  );
}

function times(written: WrittenTimes): TimeCase[] {
  return casesOf<AnyTime>(written).map(timeCase);
}

function timeCase({ when, column, format = 'auto', zone, overlap }: AnyTime): TimeCase {
  return defined({ when: compileWhen(when), columns: column ?? [], format, zone, overlap });
}

function quantities(written: WrittenQuantities | undefined): QuantityCase[] | undefined {
  return written && casesOf(written).map(quantityCase);
}

function quantityCase(written: WrittenQuantity): QuantityCase {
  const { when, value, column = [], unit, from, to, tolerance, round } = written;
  return defined({
    when: compileWhen(when),
    value,
    add: column.map(({ low, high }) => defined({ column: low, high })),
    unit,
    between: from && to && { from: [timeCase(from)], to: [timeCase(to)] },
    tolerance,
    round,
  });
}

/** The cases in order; what stands beside them is what counts without any of them. */
function casesOf<C extends object>(written: C & { readonly cases?: readonly C[] | undefined }): C[] {
  const { cases = [], ...otherwise } = written;
  return Object.values(otherwise).some(value => value !== undefined) ? [...cases, written] : [...cases];
}

function compileWhen(when: WrittenWhen | undefined): When {
  return (when ?? []).map(tests =>
    Object.entries(tests).map(([column, { not, ...test }]) => defined({ column, ...test, isNot: not })),
  );
}

/** Without the members that are undefined: a published catalog is JSON. */
function defined<T extends object>(members: T): T {
  const rest = { ...members };
  for (const [name, value] of Object.entries(members)) if (value === undefined) Reflect.deleteProperty(rest, name);
  return rest;
}
