import type { MessageDependencies } from '#shared/messages/message-dependencies.ts';
import { sendCommands } from '#shared/messages/operator/send-commands.ts';
import { sendMessage } from '#shared/messages/send-message.ts';
import type { WakeUp } from '#shared/platform/wake-up.ts';

export async function takeWakeUp({ kind, pk, sk }: WakeUp, services: MessageDependencies): Promise<void> {
  switch (kind) {
    case 'message':
      return sendMessage(services, { pk, sk });
    case 'service':
      return sendCommands(services, { pk, sk });
    default:
      throw new RangeError(`Items of kind ${kind} are worked on elsewhere.`);
  }
}
