import * as z from 'zod';
import type { LocalCloud } from '#infra/local/local-cloud.ts';
import { Table } from '#shared/platform/table.ts';
import type { Outsider } from '#test/parts/outsider.ts';
import { type CommonEnd, LEDGER, ledgerClient } from './common-end.ts';
import type { Subject } from './subject.ts';

const Messages = z.object({
  items: z.array(
    z.object({ template: z.string(), channel: z.string(), state: z.string(), step: z.string().nullable() }),
  ),
});

/** What the account's messages say of themselves, and what really left: each mail as often as it went out. */
export async function sentTo(operator: Outsider, subject: Subject, common: CommonEnd) {
  const { items } = Messages.parse((await operator.get(`/v1/accounts/${subject.account}/messages?limit=500`)).body);
  const lines = [subject.phone.line, subject.tablet.line];
  return {
    told: items.map(({ template, channel, state, step }) => `${template} ${channel} ${state} ${step ?? '-'}`).sort(),
    mails: common.mails.filter(({ to }) => to === subject.email).length,
    textMessages: common.textMessages.filter(({ to }) => to === subject.contact).length,
    commands: common.commands
      .filter(({ line }) => lines.includes(line ?? ''))
      .map(({ line, action }) => `${line} ${action}`),
  };
}

const Due = z
  .object({ kind: z.string(), wakeAt: z.string(), dueSince: z.string() })
  .partial()
  .transform(({ kind, wakeAt, dueSince }) => {
    if (kind === undefined || (wakeAt === undefined && dueSince === undefined)) return undefined;
    return `${kind} ${dueSince === undefined ? 'waits' : 'is taken'}`;
  });

/** What waits inside for the account: open cases, items that wait or are taken. */
export async function insideOf(cloud: LocalCloud, { account }: Subject, { cases }: CommonEnd) {
  const client = ledgerClient(cloud);
  try {
    const due = await Array.fromAsync(new Table(client, LEDGER).query({ pk: `account#${account}` }, Due));
    return {
      cases: cases.filter(({ pk }) => pk === `account#${account}`).map(({ code, sk }) => `${code} ${sk}`),
      due: due.filter(text => text !== undefined),
    };
  } finally {
    client.destroy();
  }
}
