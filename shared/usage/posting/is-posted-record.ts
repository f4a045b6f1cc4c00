import { isPrintable, KIND, MOST, NETWORK, PEER, PostedRecord, SERVICE_IDENTIFIER } from './record.ts';

/**
 * The same verdict as the schema `PostedRecord`, in a third of its time: every record passes here, and only one that
 * is refused goes to the schema for its reasons. A property test holds the two together.
 */
export function isPostedRecord(value: unknown): value is PostedRecord {
  if (!isObject(value)) return false;
  let required = 0;
  for (const field in value) {
    const content = value[field];
    // JSON has no undefined; records that are built in code may.
    if (content === undefined) return PostedRecord.safeParse(value).success;
    switch (field) {
      case 'id':
        if (typeof content !== 'string' || !isPrintable(content)) return false;
        required++;
        break;
      case 'line':
        if (typeof content !== 'string' || !SERVICE_IDENTIFIER.test(content)) return false;
        required++;
        break;
      case 'kind':
        if (typeof content !== 'string' || !isKind(content)) return false;
        required++;
        break;
      case 'startedAt':
        if (typeof content !== 'string') return false;
        required++;
        break;
      case 'direction':
        if (content !== 'out' && content !== 'in') return false;
        break;
      case 'peer':
        if (typeof content !== 'string' || !PEER.test(content)) return false;
        break;
      case 'seconds':
        if (!isWhole(content, MOST.seconds)) return false;
        break;
      case 'bytes':
        if (!isWhole(content, MOST.bytes)) return false;
        break;
      case 'count':
        if (!isWhole(content, MOST.count)) return false;
        break;
      case 'network':
        if (typeof content !== 'string' || !NETWORK.test(content)) return false;
        break;
      default:
        // Rare fields, and wrong ones: the schema knows them.
        return PostedRecord.safeParse(value).success;
    }
  }
  return required === 4;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKind(text: string): boolean {
  return text === 'voice' || text === 'data' || text === 'sms' || text === 'mms' || KIND.test(text);
}

function isWhole(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}
