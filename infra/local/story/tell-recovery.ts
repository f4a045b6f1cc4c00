import * as z from 'zod';
import { DAY, HOUR } from '#shared/platform/instant.ts';
import { CAST } from './cast.ts';
import type { News } from './news.ts';
import { dayText, RECOVERY } from './sample-months.ts';
import type { Scene } from './scene.ts';
import { giveCard, paymentMethodOf } from './subscriber.ts';

const Dunning = z.object({ state: z.string(), restrictions: z.array(z.string()) });
type Dunning = z.infer<typeof Dunning>;

/** Opens the mail as soon as it is there. */
const READER = 'van-dijk';
/** Acts when nothing works any more. */
const SLEEPER = 'clarke';

/** The days after the second month: one pays as soon as told, the other when the line is suspended. */
export async function tellRecovery(scene: Scene, news: News, customers: ReadonlyMap<string, string>): Promise<void> {
  const { months, moveTo, say } = scene;
  say('\nWhat comes of the two payments that failed');
  for (let midnight = months.end; midnight < months.end + RECOVERY - DAY; midnight += DAY) {
    const noon = midnight + 12 * HOUR;
    await moveTo(noon);
    await news.tell(customers);
    const link = paymentMethodOf(scene, addressOf(READER), months.end);
    if (link !== undefined && isOpen(await dunningOf(scene, READER))) {
      say(`${dayText(noon)}: ${READER} opens the link in the mail and gives another card`);
      await giveCard(link);
    }
    const sleeper = await dunningOf(scene, SLEEPER);
    if (isOpen(sleeper) && sleeper.restrictions.includes('suspend')) {
      say(`${dayText(noon)}: ${SLEEPER} replaces the card on the portal page`);
      await giveCard(await portalOf(scene, customers.get(SLEEPER) ?? ''));
    }
    await moveTo(noon + HOUR);
    await news.tell(customers);
    if ((await dunningOf(scene, SLEEPER)).state === 'closed') return;
  }
  // Another catalog's policy goes other ways, or slower ones.
  say(`${SLEEPER} has not paid yet; the console tells how it goes on`);
}

function dunningOf({ operator }: Scene, account: string): Promise<Dunning> {
  return operator.get(`/v1/accounts/${account}/dunning`, Dunning);
}

function isOpen({ state }: Dunning): boolean {
  return state === 'open';
}

/** The operator's own app would lead there. */
async function portalOf({ stripe }: Scene, customer: string): Promise<string> {
  return (await stripe.billingPortal.sessions.create({ customer })).url;
}

function addressOf(account: string): string {
  return String(CAST.find(member => member.account === account)?.details.email ?? '');
}
