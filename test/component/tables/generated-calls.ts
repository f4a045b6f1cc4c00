import fc from 'fast-check';

/** A call of the table API: operation and input. */
export interface TableCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

// Few keys, attributes and values: calls are to meet each other.

const TABLES = ['sorted', 'numbered'] as const;
const sortedKey = fc.record({
  pk: fc.constantFrom('a', 'b', 'ß').map(S => ({ S })),
  sk: fc.constantFrom('1', '10', '2', 'line#1', 'line#2', '\u{1f600}', '\uffee').map(S => ({ S })),
});
const numberedKey = fc.record({ id: fc.constantFrom('1', '2', '10', '-3.5', '1e2').map(N => ({ N })) });

const number = fc.constantFrom('0', '1', '-1', '1.50', '12345678901234567890.5', '1e20', '0.001', '-7e-3');
const text = fc.constantFrom('', 'x', 'xy', 'xyz', 'ünï', 'z'.repeat(1_100));
const scalar = fc.oneof(
  number.map(N => ({ N })),
  text.map(S => ({ S })),
  fc.boolean().map(BOOL => ({ BOOL })),
  fc.constant({ NULL: true }),
  fc.constantFrom('AA==', 'AAE=', '/w==').map(B => ({ B })),
);
const set = fc.oneof(
  fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }).map(SS => ({ SS })),
  fc.uniqueArray(fc.constantFrom('1', '2', '3.5'), { minLength: 1 }).map(NS => ({ NS })),
);
const nested = fc.oneof(
  fc.array(scalar, { maxLength: 3 }).map(L => ({ L })),
  fc.dictionary(fc.constantFrom('deep', 'wide'), scalar).map(M => ({ M })),
  fc
    .dictionary(
      fc.constantFrom('deep', 'wide'),
      fc.array(scalar, { maxLength: 2 }).map(L => ({ L })),
    )
    .map(M => ({ M })),
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: set },
  { weight: 2, arbitrary: nested },
);
const ATTRIBUTES = ['red', 'green', 'blue', 'wakeShard', 'wakeAt'] as const;
const wakes = fc.record(
  {
    wakeShard: fc.constantFrom('s1', 's2').map(S => ({ S })),
    wakeAt: fc.constantFrom('1', '2', '3').map(S => ({ S })),
  },
  { requiredKeys: [] },
);
const attributes = fc
  .tuple(fc.record({ red: value, green: value, blue: value }, { requiredKeys: [] }), wakes)
  .map(([colours, waking]) => ({ ...colours, ...waking }));

/** An expression with its placeholders; `_` in a name stands for a number of its own. */
interface Expression {
  readonly text: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ATTRIBUTES) },
  { weight: 1, arbitrary: fc.constantFrom('red.deep', 'blue.wide[0]', 'green[0]', 'green[1]') },
);
const part = (text: string, given: Readonly<Record<string, unknown>> = {}): Expression => ({
  text,
  names: {},
  values: given,
});
const comparator = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');

function together(parts: readonly Expression[], joined: (texts: readonly string[]) => string): Expression {
  return {
    text: joined(parts.map(one => one.text)),
    names: Object.assign({}, ...parts.map(one => one.names)),
    values: Object.assign({}, ...parts.map(one => one.values)),
  };
}

let counter = 0;
const placed = fc.oneof(scalar, set).map(given => {
  counter += 1;
  return { name: `:v${counter}`, given };
});
const named = path.map(one => {
  if (one.includes('.') || one.includes('[') || one.length > 4) return part(one);
  return { text: `#${one}`, names: { [`#${one}`]: one }, values: {} };
});

const simpleCondition: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(named, comparator, placed).map(([left, sign, { name, given }]) => ({
    ...left,
    text: `${left.text} ${sign} ${name}`,
    values: { [name]: given },
  })),
  named.map(one => ({ ...one, text: `attribute_exists(${one.text})` })),
  named.map(one => ({ ...one, text: `attribute_not_exists(${one.text})` })),
  fc.constantFrom('attribute_exists(pk)', 'attribute_not_exists(pk)').map(text => part(text)),
  fc
    .tuple(named, fc.constantFrom('x', 'ü'))
    .map(([one, S]) => ({ ...one, text: `begins_with(${one.text}, :p)`, values: { ':p': { S } } })),
  fc
    .tuple(named, placed)
    .map(([one, { name, given }]) => ({ ...one, text: `contains(${one.text}, ${name})`, values: { [name]: given } })),
  fc
    .tuple(named, fc.constantFrom('S', 'N', 'M', 'L', 'SS', 'BOOL'))
    .map(([one, S]) => ({ ...one, text: `attribute_type(${one.text}, :t)`, values: { ':t': { S } } })),
  fc
    .tuple(named, fc.constantFrom('1', '2'))
    .map(([one, N]) => ({ ...one, text: `size(${one.text}) >= :n`, values: { ':n': { N } } })),
  fc.tuple(named, number, number).map(([one, low, high]) => {
    const [from = low, to = high] = [low, high].sort((a, b) => Number(a) - Number(b));
    return { ...one, text: `${one.text} BETWEEN :from AND :to`, values: { ':from': { N: from }, ':to': { N: to } } };
  }),
  fc.tuple(named, placed, placed).map(([one, a, b]) => ({
    ...one,
    text: `${one.text} IN (${a.name}, ${b.name})`,
    values: { [a.name]: a.given, [b.name]: b.given },
  })),
);
const condition: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 3, arbitrary: simpleCondition },
  {
    weight: 2,
    arbitrary: fc
      .tuple(simpleCondition, fc.constantFrom('AND', 'OR', 'and not'), simpleCondition)
      .map(([a, joint, b]) => together([a, b], ([left, right]) => `${left} ${joint} ${right}`)),
  },
  { weight: 1, arbitrary: simpleCondition.map(one => ({ ...one, text: `NOT (${one.text})` })) },
);

const assignment = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(named, value).map(([one, given]) => setTo(one, (_, v) => v, given)) },
  {
    weight: 2,
    arbitrary: fc.tuple(named, value).map(([one, given]) => setTo(one, (p, v) => `if_not_exists(${p}, ${v})`, given)),
  },
  { weight: 1, arbitrary: fc.tuple(named, number).map(([one, N]) => setTo(one, (p, v) => `${p} + ${v}`, { N })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(named, number)
      .map(([one, N]) => setTo(one, (p, v) => `if_not_exists(${p}, ${v}) - ${v}`, { N })),
  },
  { weight: 1, arbitrary: named.map(one => setTo(one, (p, v) => `list_append(${p}, ${v})`, { L: [{ S: 'new' }] })) },
  { weight: 1, arbitrary: fc.tuple(named, path).map(([one, other]) => ({ ...one, text: `${one.text} = ${other}` })) },
);

function setTo(one: Expression, right: (path: string, value: string) => string, given: unknown): Expression {
  counter += 1;
  const name = `:s${counter}`;
  return { ...one, text: `${one.text} = ${right(one.text, name)}`, values: { [name]: given } };
}

const clauses = fc.record(
  {
    SET: fc.array(assignment, { minLength: 1, maxLength: 3 }),
    REMOVE: fc.array(named, { minLength: 1, maxLength: 2 }),
    ADD: fc.array(
      fc
        .tuple(
          named,
          fc.oneof(
            number.map(N => ({ N })),
            set,
          ),
        )
        .map(([one, given]) => {
          counter += 1;
          return { ...one, text: `${one.text} :a${counter}`, values: { [`:a${counter}`]: given } };
        }),
      { minLength: 1, maxLength: 2 },
    ),
    DELETE: fc.array(
      fc.tuple(named, set).map(([one, given]) => {
        counter += 1;
        return { ...one, text: `${one.text} :d${counter}`, values: { [`:d${counter}`]: given } };
      }),
      { minLength: 1, maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
);
/** Of what an action changes, `red` of `#red.deep = :s1`. */
const rootOf = ({ text }: Expression) => /^#?(\w+)/.exec(text)?.[1];
/** Paths that overlap are refused before anything else, which dynoxide does not in transactions. */
const apart = clauses.filter(given => {
  const roots = Object.values(given).flat().map(rootOf);
  return new Set(roots).size === roots.length;
});
const update: fc.Arbitrary<Expression> = apart.map(given => {
  const parts = Object.entries(given).map(([clause, list]) => together(list, texts => `${clause} ${texts.join(', ')}`));
  return together(parts, texts => texts.join(' '));
});

/** Expression parameters of one request; absent where nothing is given for them. */
function expressions(given: Readonly<Record<string, Expression | undefined>>): Record<string, unknown> {
  const used = Object.entries(given).flatMap(([name, one]) =>
    one === undefined || one.text === '' ? [] : [[name, one] as const],
  );
  const all = together(
    used.map(([, one]) => one),
    texts => texts.join(),
  );
  return {
    ...Object.fromEntries(used.map(([name, one]) => [name, one.text])),
    ...(Object.keys(all.names).length > 0 && { ExpressionAttributeNames: all.names }),
    ...(Object.keys(all.values).length > 0 && { ExpressionAttributeValues: all.values }),
  };
}

const anyKey = fc.constantFrom(...TABLES).chain(TableName =>
  (TableName === 'sorted' ? sortedKey : numberedKey).map((Key): { TableName: string; Key: object } => ({
    TableName,
    Key,
  })),
);
const capacity = fc.constantFrom('INDEXES', 'TOTAL').map(ReturnConsumedCapacity => ({ ReturnConsumedCapacity }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const onFailure = maybe(fc.constant('ALL_OLD')).map(told =>
  told ? { ReturnValuesOnConditionCheckFailure: told } : {},
);

const put = fc
  .tuple(anyKey, attributes, maybe(condition), onFailure)
  .map(([{ TableName, Key }, rest, checked, told]) => ({
    TableName,
    Item: { ...Key, ...rest },
    ...expressions({ ConditionExpression: checked }),
    ...told,
  }));
const updating = fc.tuple(anyKey, update, maybe(condition), onFailure).map(([key, changes, checked, told]) => ({
  ...key,
  ...expressions({ UpdateExpression: changes, ConditionExpression: checked }),
  ...told,
}));
const deleting = fc.tuple(anyKey, maybe(condition), onFailure).map(([key, checked, told]) => ({
  ...key,
  ...expressions({ ConditionExpression: checked }),
  ...told,
}));
const checking = fc
  .tuple(anyKey, condition)
  .map(([key, checked]) => ({ ...key, ...expressions({ ConditionExpression: checked }) }));

const oldValues = fc.constantFrom('NONE', 'ALL_OLD').map(ReturnValues => ({ ReturnValues }));
const anyValues = fc.constantFrom('NONE', 'ALL_NEW', 'UPDATED_OLD').map(ReturnValues => ({ ReturnValues }));
const call = (operation: string, ...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<TableCall> =>
  fc.tuple(...parts).map(given => ({ operation, input: Object.assign({}, ...given) }));

const sortCondition = fc.oneof(
  fc.constant(part('')),
  fc.constantFrom('=', '<', '<=', '>', '>=').map(sign => part(` AND sk ${sign} :s`, { ':s': { S: '10' } })),
  fc.constant(part(' AND sk BETWEEN :f AND :t', { ':f': { S: '10' }, ':t': { S: 'line#1' } })),
  fc.constant(part(' AND begins_with(sk, :b)', { ':b': { S: 'line#' } })),
);
const queried = fc
  .tuple(
    fc.constantFrom('a', 'b'),
    sortCondition,
    maybe(simpleCondition),
    maybe(fc.integer({ min: 1, max: 3 })),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([pk, sort, filter, Limit, ScanIndexForward, ConsistentRead]) => ({
    TableName: 'sorted',
    ...expressions({
      KeyConditionExpression: together([part('pk = :pk', { ':pk': { S: pk } }), sort], texts => texts.join('')),
      // Keys cannot be filtered by.
      FilterExpression: filter?.text.includes('pk') ? undefined : filter,
    }),
    ...(Limit !== undefined && { Limit }),
    ScanIndexForward,
    ConsistentRead,
  }));
const queriedIndex = fc
  .tuple(fc.constantFrom('s1', 's2'), fc.boolean(), maybe(fc.integer({ min: 1, max: 2 })))
  .map(([shard, isRange, Limit]) => ({
    TableName: 'sorted',
    IndexName: 'wake',
    KeyConditionExpression: isRange ? 'wakeShard = :s AND wakeAt BETWEEN :a AND :b' : 'wakeShard = :s',
    ExpressionAttributeValues: { ':s': { S: shard }, ...(isRange && { ':a': { S: '1' }, ':b': { S: '2' } }) },
    ...(Limit !== undefined && { Limit }),
  }));

const transaction = fc
  .array(
    fc.oneof(
      put.map(Put => ({ Put })),
      updating.map(Update => ({ Update })),
      deleting.map(Delete => ({ Delete })),
      checking.map(ConditionCheck => ({ ConditionCheck })),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(TransactItems => ({ TransactItems }));

/** Any call that the product could make, and some that are refused. */
export const anyCall: fc.Arbitrary<TableCall> = fc.oneof(
  { weight: 5, arbitrary: call('PutItem', put, oldValues, capacity) },
  { weight: 8, arbitrary: call('UpdateItem', updating, anyValues, capacity) },
  { weight: 2, arbitrary: call('DeleteItem', deleting, oldValues, capacity) },
  {
    weight: 3,
    arbitrary: call(
      'GetItem',
      anyKey,
      fc.boolean().map(ConsistentRead => ({ ConsistentRead })),
      capacity,
    ),
  },
  { weight: 4, arbitrary: call('Query', queried, capacity) },
  { weight: 3, arbitrary: call('Query', queriedIndex, capacity) },
  { weight: 4, arbitrary: call('TransactWriteItems', transaction) },
  {
    weight: 1,
    arbitrary: call(
      'BatchGetItem',
      fc
        .uniqueArray(sortedKey, { minLength: 1, maxLength: 4, selector: key => JSON.stringify(key) })
        .map(Keys => ({ RequestItems: { sorted: { Keys } } })),
      capacity,
    ),
  },
);
