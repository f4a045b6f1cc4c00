import { queueFunction } from '#shared/platform/queue.ts';
import { FileMessage, takeFileMessage } from '#shared/usage/files/take-file-messages.ts';
import { buildServices } from './services.ts';

/** Reads files of usage that were uploaded or dropped. */
export const handler = queueFunction({ message: FileMessage, services: buildServices, take: takeFileMessage });
