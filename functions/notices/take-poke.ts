import type { Noticing } from '#shared/notices/noticing.ts';
import { sendCommands } from '#shared/notices/send-commands.ts';
import { sendMessage } from '#shared/notices/send-message.ts';
import { logFailure } from '#shared/platform/log.ts';
import type { Poke } from '#shared/platform/poke.ts';

export async function takePoke({ kind, pk, sk }: Poke, services: Noticing): Promise<void> {
  switch (kind) {
    case 'message':
      return sendMessage(services, { pk, sk });
    case 'service':
      return sendCommands(services, { pk, sk });
    default:
      // From a newer version, perhaps: its item stays due, so nothing is lost.
      logFailure('a poke of a kind that nobody here knows', new RangeError(kind));
  }
}
