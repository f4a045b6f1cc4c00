import { describe, expect, test } from 'vitest';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { interpret } from '#infra/local/template/interpret.ts';
import { smallAssembly } from './small-assembly.ts';

function interpreted(change?: (resources: Record<string, unknown>) => void) {
  return interpret(readAssembly(smallAssembly(change)), { api: 'http://api' });
}

describe('the template says what is made', () => {
  test('names are followed through both stacks', () => {
    const { mappings, functions, tables, region } = interpreted();

    expect(region).toBe('eu-north-1');
    expect(tables.map(table => table.TableName)).toEqual(['dunlin-dev-small']);
    expect(mappings).toMatchObject([
      { queue: 'dunlin-dev-work', function: 'dunlin-dev-work', reportsItemFailures: true },
    ]);
    expect(functions.find(({ name }) => name === 'work')?.environment.TABLE).toBe('dunlin-dev-small');
  });

  test.each([
    [
      'a type it does not know',
      { Type: 'AWS::RDS::DBInstance' },
      'small-app/Odd: the local cloud does not know resources of type AWS::RDS::DBInstance',
    ],
    [
      'a function it does not know',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Value: { 'Fn::Select': [0, ['a']] } } },
      'small-app/Odd: Fn::Select',
    ],
    [
      'a name that leads nowhere',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Value: { Ref: 'Nobody' } } },
      'small-app/Odd: the template has no Nobody',
    ],
    [
      'an attribute it does not know',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Value: { 'Fn::GetAtt': ['Echo', 'SnapStart'] } } },
      'small-app/Odd: the local cloud knows no attribute SnapStart of Echo',
    ],
    [
      'an export that no stack makes',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Value: { 'Fn::ImportValue': 'gone' } } },
      'No stack exports gone',
    ],
    [
      'a property that would change what the product sees',
      { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
      'small-app/Odd (AWS::SQS::Queue): FifoQueue: FIFO queues are not known here',
    ],
  ])('%s is refused by stack, logical id and name', (_, resource, message) => {
    expect(() => interpreted(resources => Object.assign(resources, { Odd: resource }))).toThrow(message);
  });
});
