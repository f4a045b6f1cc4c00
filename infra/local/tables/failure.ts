/** A refusal of DynamoDB: its class, its message, and what else it tells. */
export class TableFailure extends Error {
  readonly type: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.type = type;
    this.details = details;
  }
}

const SERVICE = 'com.amazonaws.dynamodb.v20120810#';

export function serviceFailure(name: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
  return new TableFailure(`${SERVICE}${name}`, message, details);
}

export function invalid(message: string): TableFailure {
  return new TableFailure('com.amazon.coral.validate#ValidationException', message);
}

export function noSuchTable(): TableFailure {
  return serviceFailure('ResourceNotFoundException', 'Requested resource not found');
}
