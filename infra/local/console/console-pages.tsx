import type { ComponentChildren } from 'preact';
import Stripe from 'stripe';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import type { Attention } from '#shared/reports/attention.ts';
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
import { DeadLettersPage, IncidentsPage, QuarantinePage } from './views/waiting-pages.tsx';

const ACCOUNTS_SHOWN = 25;
const EFFECTS_SHOWN = 8;
const EFFECTS_LISTED = 200;

/** What a page is made of: title, content, and whether a reader's page follows what changes. */
interface Page {
  readonly title: string;
  readonly content: ComponentChildren;
  readonly isLive?: boolean;
}

interface Readers {
  readonly sources: ConsoleSources;
  readonly product: Product;
  readonly tables: TablesReader;
  readonly stripe: Stripe;
}

/** A page of the console by the first word of its path; `subject` is the second one. */
type PageReader = (readers: Readers, subject: string, query: URLSearchParams) => Promise<Page>;

const PAGES: ReadonlyMap<string, PageReader> = new Map<string, PageReader>([
  ['', overviewPage],
  ['numbers', numbersPage],
  [
    'quarantine',
    async readers => ({ title: 'Quarantine', content: <QuarantinePage attention={await attentionOf(readers)} /> }),
  ],
  [
    'cases',
    async readers => ({ title: 'Cases', content: <IncidentsPage cases={(await attentionOf(readers)).cases} /> }),
  ],
  [
    'dead-letters',
    async readers => ({ title: 'Dead letters', content: <DeadLettersPage attention={await attentionOf(readers)} /> }),
  ],
  ['effects', effectsPage],
]);

/** Answers everything below `/console`, and `/` itself. */
export function consolePages(sources: ConsoleSources): (request: PartRequest) => Promise<PartAnswer> {
  const readers: Readers = {
    sources,
    product: new Product(sources.product),
    tables: new TablesReader(sources),
    stripe: stripeAt(sources.stripe),
  };
  return async request => {
    const url = new URL(request.url, 'http://console');
    try {
      if (request.method === 'POST' && url.pathname === '/console/clock') return await moveTheClock(readers, request);
      if (request.method !== 'GET') return says(readers, request, 405, 'Not that way', 'The console is for looking.');
      return await show(readers, request, url);
    } catch (error) {
      const status = error instanceof ProductRefused && error.status === 404 ? 404 : 502;
      const why = error instanceof Error ? error.message : String(error);
      return says(readers, request, status, 'Not to be read now', why);
    }
  };
}

async function show(readers: Readers, request: PartRequest, url: URL): Promise<PartAnswer> {
  const path = url.pathname.replace(/^\/(console\/?)?/, '');
  const [first = '', subject] = path.split('/').map(decode);
  if (first === 'v1') return readers.product.pass(request.url.slice('/console'.length));
  if (first === 'portal' && subject !== undefined) return openPortal(readers, subject);
  const read = first === 'accounts' && subject !== undefined ? accountPage : PAGES.get(first);
  if (read === undefined) return says(readers, request, 404, 'Not here', 'The console has no such page.');
  const { content, ...page } = await read(readers, subject ?? '', url.searchParams);
  return consolePage({ ...page, clock: clockOn(readers, request) }, content);
}

async function overviewPage(readers: Readers): Promise<Page> {
  const { sources, product } = readers;
  const { census, stations } = await readStations(readers);
  const shown = census.accounts.slice(0, ACCOUNTS_SHOWN);
  const facts = {
    stations,
    rows: await allInParallel(shown, 4, account => readAccountRow(product, account)),
    accounts: census.accounts.length,
    effects: lastEffects(sources.calls.list(), EFFECTS_SHOWN),
    stripe: sources.clock.moveTo === undefined ? 'Stripe’s sandbox' : `Stripe twin: ${sources.stripe}`,
  };
  return { title: 'Console', content: <Overview facts={facts} />, isLive: true };
}

async function accountPage(readers: Readers, account: string, query: URLSearchParams): Promise<Page> {
  const { product, tables, stripe, sources } = readers;
  const from = { product, ledger: tables.ledger, stripe };
  const view = await readAccount(from, account, query.get('period') ?? 'current');
  return {
    title: view.account.name,
    content: <AccountPage view={view} now={sources.clock.now()} />,
    isLive: true,
  };
}

async function numbersPage(readers: Readers): Promise<Page> {
  const { stations } = await readStations(readers);
  return { title: 'Numbers', content: <NumbersPage stations={stations} /> };
}

async function effectsPage({ sources }: Readers): Promise<Page> {
  const effects = lastEffects(sources.calls.list(), EFFECTS_LISTED);
  return { title: 'Effects', content: <EffectsPage effects={effects} />, isLive: true };
}

function attentionOf({ product, tables, sources }: Readers): Promise<Attention> {
  return readAttention(product, tables.ledger, sources.queues);
}

async function readStations(readers: Readers) {
  const { tables, sources } = readers;
  const [census, pages, attention] = await Promise.all([tables.census(), tables.pages(), attentionOf(readers)]);
  const waiting = (queue: string) => {
    const name = `dunlin-dev-${queue}`;
    return sources.queues.names.includes(name) ? sources.queues.length(name) : 0;
  };
  return { census, stations: pathStations({ census, pages, waiting, attention }) };
}

async function moveTheClock(readers: Readers, request: PartRequest): Promise<PartAnswer> {
  const { sources, tables } = readers;
  const moved = await moveClock(request, sources, async () => (await tables.census()).periodEnds);
  if (moved.outcome === 'moved') return seeOther(moved.back);
  return says(readers, request, moved.status, 'The clock stays', moved.why);
}

function clockOn({ sources }: Readers, request: PartRequest): ClockView {
  return {
    now: sources.clock.now(),
    isStill: sources.clock.isStill(),
    isReal: sources.clock.moveTo === undefined,
    isTold: !sources.isReady(),
    back: request.method === 'GET' ? request.url : '/',
  };
}

function says(readers: Readers, request: PartRequest, status: number, title: string, why: string): PartAnswer {
  return consolePage(
    { title, clock: clockOn(readers, request), status },
    <>
      <h1>{title}</h1>
      <p>{why}</p>
      <a class="back" href="/">
        To the first page
      </a>
    </>,
  );
}

async function openPortal({ product, stripe }: Readers, id: string): Promise<PartAnswer> {
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
