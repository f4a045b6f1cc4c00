import Stripe from 'stripe';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';
import { decode } from '../http/http-event.ts';
import { moveClock } from './clock-form.ts';
import type { ConsoleSources } from './console-sources.ts';
import { lastEffects } from './last-effects.ts';
import { pathStations } from './path-stations.ts';
import { Product, ProductRefused } from './product.ts';
import { readAccount } from './read-account.ts';
import { Account, readAccountRow } from './read-accounts.ts';
import { readAttention } from './read-attention.ts';
import { TablesReader } from './read-tables.ts';
import { AccountPage } from './views/account-page.tsx';
import type { ClockView } from './views/clock-control.tsx';
import { consolePage } from './views/console-frame.tsx';
import { EffectsPage } from './views/effects-list.tsx';
import { NumbersPage } from './views/numbers-page.tsx';
import { Overview } from './views/overview.tsx';
import { CasesPage, DeadLettersPage, QuarantinePage } from './views/waiting-pages.tsx';

const ACCOUNTS_SHOWN = 25;
const EFFECTS_SHOWN = 8;
const EFFECTS_LISTED = 200;

/** Answers everything below `/console`, and `/` itself. */
export function consolePages(sources: ConsoleSources): (request: PartRequest) => Promise<PartAnswer> {
  const product = new Product(sources.product);
  const tables = new TablesReader(sources);
  const stripe = stripeAt(sources.stripe);
  const clockOn = (request: PartRequest): ClockView => ({
    now: sources.clock.now(),
    isStill: sources.clock.isStill(),
    isReal: sources.clock.moveTo === undefined,
    isTold: !sources.isReady(),
    back: request.method === 'GET' ? request.url : '/',
  });

  const readStations = async () => {
    const [census, pages, attention] = await Promise.all([
      tables.census(),
      tables.pages(),
      readAttention(product, tables.ledger, sources.queues),
    ]);
    const waiting = (queue: string) => {
      const name = `dunlin-dev-${queue}`;
      return sources.queues.names.includes(name) ? sources.queues.length(name) : 0;
    };
    return { census, stations: pathStations({ census, pages, waiting, attention }) };
  };

  const overview = async () => {
    const { census, stations } = await readStations();
    const shown = census.accounts.slice(0, ACCOUNTS_SHOWN);
    return (
      <Overview
        facts={{
          stations,
          rows: await allInParallel(shown, 4, account => readAccountRow(product, account)),
          accounts: census.accounts.length,
          effects: lastEffects(sources.calls.list(), EFFECTS_SHOWN),
          stripe: sources.clock.moveTo === undefined ? 'Stripe’s sandbox' : `Stripe twin: ${sources.stripe}`,
        }}
      />
    );
  };

  const show = async (request: PartRequest, url: URL): Promise<PartAnswer> => {
    const clock = clockOn(request);
    const attention = () => readAttention(product, tables.ledger, sources.queues);
    const [first = '', second] = url.pathname
      .replace(/^\/(console\/?)?/, '')
      .split('/')
      .map(decode);
    switch (first) {
      case '':
        return consolePage({ title: 'Console', clock, isLive: true }, await overview());
      case 'accounts': {
        if (second === undefined) break;
        const period = url.searchParams.get('period') ?? 'current';
        const view = await readAccount({ product, ledger: tables.ledger, stripe }, second, period);
        const content = <AccountPage view={view} now={clock.now} />;
        return consolePage({ title: view.account.name, clock, isLive: true }, content);
      }
      case 'numbers':
        return consolePage({ title: 'Numbers', clock }, <NumbersPage stations={(await readStations()).stations} />);
      case 'quarantine':
        return consolePage({ title: 'Quarantine', clock }, <QuarantinePage attention={await attention()} />);
      case 'cases':
        return consolePage({ title: 'Cases', clock }, <CasesPage cases={(await attention()).cases} />);
      case 'dead-letters':
        return consolePage({ title: 'Dead letters', clock }, <DeadLettersPage attention={await attention()} />);
      case 'effects': {
        const effects = lastEffects(sources.calls.list(), EFFECTS_LISTED);
        return consolePage({ title: 'Effects', clock, isLive: true }, <EffectsPage effects={effects} />);
      }
      case 'portal': {
        if (second === undefined) break;
        return openPortal(product, stripe, second);
      }
      case 'v1':
        return product.pass(request.url.slice('/console'.length));
      default:
    }
    return says(request, 404, 'Not here', 'The console has no such page.');
  };

  const says = (request: PartRequest, status: number, title: string, why: string): PartAnswer =>
    consolePage(
      { title, clock: clockOn(request), status },
      <>
        <h1>{title}</h1>
        <p>{why}</p>
        <a class="back" href="/">
          To the first page
        </a>
      </>,
    );

  return async request => {
    const url = new URL(request.url, 'http://console');
    try {
      if (request.method === 'POST' && url.pathname === '/console/clock') {
        const moved = await moveClock(request, sources, async () => (await tables.census()).periodEnds);
        return moved.outcome === 'moved'
          ? seeOther(moved.back)
          : says(request, moved.status, 'The clock stays', moved.why);
      }
      if (request.method !== 'GET') return says(request, 405, 'Not that way', 'The console is for looking.');
      return await show(request, url);
    } catch (error) {
      const status = error instanceof ProductRefused && error.status === 404 ? 404 : 502;
      return says(request, status, 'Not to be read now', error instanceof Error ? error.message : String(error));
    }
  };
}

async function openPortal(product: Product, stripe: Stripe, id: string): Promise<PartAnswer> {
  const { stripeCustomer } = await product.get(`/v1/accounts/${encodeURIComponent(id)}`, Account);
  if (stripeCustomer === null) throw new ProductRefused(`/v1/accounts/${id}`, 404, 'has no customer at Stripe yet.');
  return seeOther((await stripe.billingPortal.sessions.create({ customer: stripeCustomer })).url);
}

function seeOther(location: string): PartAnswer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}

function stripeAt(address: string): Stripe {
  const { hostname, port } = new URL(address);
  return new Stripe('sk_test_local', { host: hostname, port: Number(port), protocol: 'http', telemetry: false });
}
