import type { Instant } from '#shared/platform/instant.ts';
import type { Scene } from './scene.ts';

/** A card that pays, as the twin's pages offer it. */
const GOOD_CARD = 'pm_card_visa';

/** Where the newest mail since then leads that asks for money: the link stands alone on a line of the text part. */
export function paymentMethodOf(
  { outbox }: Pick<Scene, 'outbox'>,
  address: string,
  since: Instant = 0,
): string | undefined {
  const links = outbox.mails().flatMap(({ at, to, text }) => {
    const [link] = /^https?:\/\/\S+\/pay\/\S+$/m.exec(text) ?? [];
    return link !== undefined && to.includes(address) && Date.parse(at) >= since ? [link] : [];
  });
  return links[0];
}

/** What a browser does on a page that takes a card: opens it, chooses, sends the form. */
export async function giveCard(address: string): Promise<void> {
  const page = await fetch(address);
  const [, action] = /<form method="post" action="([^"]+)"/.exec(await page.text()) ?? [];
  if (action === undefined) throw new Error(`${page.url} asks for no card (${page.status}).`);
  const form = new URLSearchParams({ card: GOOD_CARD });
  const sent = await fetch(new URL(action, page.url), { method: 'POST', body: form, redirect: 'manual' });
  if (sent.status !== 303) throw new Error(`${page.url} did not take the card (${sent.status}).`);
}
