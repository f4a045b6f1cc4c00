import type { Noticing } from '#shared/notices/noticing.ts';
import { sendCommands } from '#shared/notices/send-commands.ts';
import { sendMessage } from '#shared/notices/send-message.ts';
import type { Poke } from '#shared/platform/poke.ts';

export async function takePoke({ kind, pk, sk }: Poke, services: Noticing): Promise<void> {
  switch (kind) {
    case 'message':
      return sendMessage(services, { pk, sk });
    case 'service':
      return sendCommands(services, { pk, sk });
    default:
      throw new RangeError(`Items of kind ${kind} are worked on elsewhere.`);
  }
}
