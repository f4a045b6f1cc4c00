import type { Effect } from '../last-effects.ts';
import type { Station } from '../path-stations.ts';
import type { AccountRow } from '../read-accounts.ts';
import { AccountsTable } from './accounts-table.tsx';
import { EffectsList } from './effects-list.tsx';
import { PathPicture } from './path-picture.tsx';
import { WaitingList } from './waiting-list.tsx';

export interface OverviewFacts {
  readonly stations: readonly Station[];
  readonly rows: readonly AccountRow[];
  /** How many accounts there are. */
  readonly accounts: number;
  readonly effects: readonly Effect[];
  /** Who plays Stripe, and where. */
  readonly stripe: string;
}

/** The first page: the path, the accounts, what went out last. */
export function Overview({ facts }: { facts: OverviewFacts }) {
  const { stations, rows, accounts, effects, stripe } = facts;
  return (
    <>
      <h1>From a posted record to a paid bill</h1>
      <PathPicture stations={stations} />
      <WaitingList stations={stations} />
      <div class="two">
        <section>
          <h2>Accounts</h2>
          <AccountsTable rows={rows} total={accounts} />
        </section>
        <section>
          <h2>Last effects</h2>
          <EffectsList effects={effects} />
          <p class="links">
            <a href="/console/effects">More of them</a>
          </p>
        </section>
      </div>
      <h2>Elsewhere</h2>
      <nav class="links" aria-label="Elsewhere">
        <a href="/_local/inbox">Mails</a>
        <a href="/_local/sms">Text messages</a>
        <a href="/_local/pushes">Pushes</a>
        <a href="/_local/commands">Service commands</a>
        <a href="/console/quarantine">Quarantine</a>
        <a href="/console/cases">Cases</a>
        <a href="/console/dead-letters">Dead letters</a>
        <a href="/console/numbers">What the numbers mean</a>
        <a href="/_local">/_local as JSON</a>
        <span class="quiet back">{stripe}</span>
      </nav>
    </>
  );
}
