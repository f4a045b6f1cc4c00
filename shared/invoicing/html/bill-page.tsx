import { render } from 'preact-render-to-string';
import type { BillDocument } from '../document/bill-document.ts';
import { withRecords } from '../records/records-page.ts';
import { type AnnexView, annexView } from '../view/annex-view.ts';
import { type AllowancesView, type BillView, billView, type Since } from '../view/bill-view.ts';
import { billWords } from '../view/bill-words.ts';
import type { SectionView } from '../view/charges-view.ts';
import type { LinkView } from '../view/foot-view.ts';
import { AnnexSection } from './annex-section.tsx';
import { billStyle, type PageOf } from './bill-style.ts';
import { type RecordLinks, recordLinks, type ShownRecords } from './record-links.ts';
import { TransferDetails } from './transfer-details.tsx';

export interface PageOptions {
  /** What was paid since; `at` is now. */
  readonly paymentStatus?: Since;
  /** Where the bill's files are, as links of the page. */
  readonly files?: { readonly pdf: string; readonly sheet: string };
  /** Which of the records are shown; left out: all that stand in the bill. */
  readonly shown?: ShownRecords;
}

/** The bill as a page that needs nothing from elsewhere: first screen, what is new, charges, allowances, totals, foot, annex. */
export function billPage(bill: BillDocument, { paymentStatus, files, shown }: PageOptions = {}): string {
  const { texts } = billWords(bill);
  const links =
    files === undefined
      ? []
      : [
          { label: texts.asPdf, href: files.pdf, printed: '' },
          { label: texts.asSheet, href: files.sheet, printed: '' },
        ];
  const records = shown === undefined ? bill : withRecords(bill, shown.page);
  const page = (
    <Page
      view={billView(bill, paymentStatus)}
      annex={annexView(records, shown?.page)}
      records={shown && recordLinks(bill, shown)}
      files={links}
      pageOf={texts.page}
      isRest={(shown?.page.from ?? 0) > 0}
    />
  );
  return `<!doctype html>${render(page)}`;
}

interface PageParts {
  readonly view: BillView;
  readonly annex: AnnexView | undefined;
  readonly records: RecordLinks | undefined;
  readonly files: readonly LinkView[];
  /** A further page of the records: the bill itself is on the first. */
  readonly isRest: boolean;
}

function Page({ view, annex, records, files, isRest, pageOf }: PageParts & { readonly pageOf: PageOf }) {
  return (
    <html lang={view.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${view.title} · ${view.seller}`}</title>
        <style dangerouslySetInnerHTML={{ __html: billStyle(view.colours, pageOf) }} />
      </head>
      <body>
        <main>
          <Head view={view} files={files} />
          {isRest ? null : <Bill view={view} />}
          {annex === undefined ? null : <AnnexSection annex={annex} links={records} />}
        </main>
      </body>
    </html>
  );
}

function Bill({ view }: { view: BillView }) {
  return (
    <>
      <Titled section={view.before} />
      <Changes view={view} />
      <Charges view={view} />
      <Titled section={view.perLine} />
      <Allowances view={view} />
      <History view={view} />
      <Totals view={view} />
      <Foot view={view} />
    </>
  );
}

/** In letters: from here on a phone has no room for it in the largest size, and a number is not divided. */
const LONG_TOTAL = 14;

function Head({ view, files }: Pick<PageParts, 'view' | 'files'>) {
  return (
    <header>
      <p class="seller">{view.logo === undefined ? view.seller : <img src={view.logo} alt={view.seller} />}</p>
      <h1>{view.heading}</h1>
      <div class={`answer ${view.status.tone}`}>
        <p class="label">{view.totalLabel}</p>
        <p class={view.total.length > LONG_TOTAL ? 'total long' : 'total'}>{view.total}</p>
        <p class="status">{view.status.text}</p>
        {view.pay === undefined ? null : (
          <a class="pay" href={view.pay.href}>
            {view.pay.label}
          </a>
        )}
      </div>
      <div class="who">
        <address>
          {view.subscriber.map((line, index) => (
            <span key={index}>{line}</span>
          ))}
        </address>
        <dl>
          {view.facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {files.length === 0 ? null : <Links links={files} />}
    </header>
  );
}

function Changes({ view: { changes } }: { view: BillView }) {
  return (
    <section>
      <h2>{changes.title}</h2>
      <p>{changes.text}</p>
      {changes.reasons.length === 0 ? null : (
        <ul class="reasons">
          {changes.reasons.map(({ label, value }, index) => (
            <li key={index}>
              <span>{label}</span> <span class="number">{value}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Charges({ view: { charges } }: { view: BillView }) {
  return (
    <section>
      <h2>{charges.title}</h2>
      {charges.sections.length === 0 ? <p>{charges.none}</p> : null}
      {charges.sections.map(section => (
        <Section key={section.id} section={section} columns={charges.columns} />
      ))}
    </section>
  );
}

function Section({ section, columns }: { section: SectionView; columns: readonly string[] }) {
  return (
    <section class="charges">
      <h3>{section.title}</h3>
      <table>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" class={index === 0 ? undefined : 'number'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {section.rows.map((row, index) => (
            <tr key={index}>
              <th scope="row">
                {row.label}
                {row.notes.map((note, place) => (
                  <small key={place}>{note}</small>
                ))}
                {row.parts.map((part, place) => (
                  <small key={place} class="part">
                    {part}
                  </small>
                ))}
                {row.folded === undefined ? null : (
                  <details class="folded">
                    <summary>{row.folded.title}</summary>
                    {row.folded.rows.map((text, place) => (
                      <small key={place}>{text}</small>
                    ))}
                  </details>
                )}
              </th>
              <td class="number">{row.quantity}</td>
              <td class="number">{row.price}</td>
              <td class="number">{row.amount}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {section.subtotal.label}
            </th>
            <td class="number">{section.subtotal.value}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** Labels and values under a heading. */
function Titled({ section }: { section: BillView['perLine'] }) {
  if (section === undefined) return null;
  return (
    <section>
      <h2>{section.title}</h2>
      <table class="totals spoken">
        <tbody>
          {section.rows.map(({ label, value }, index) => (
            <tr key={index}>
              <th scope="row">{label}</th>
              <td class="number">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Allowances({ view: { allowances } }: { view: BillView }) {
  if (allowances.lines.length === 0) return null;
  return (
    <section>
      <h2>{allowances.title}</h2>
      {allowances.lines.map((line, index) => (
        <LineAllowances key={index} line={line} />
      ))}
      {allowances.note === undefined ? null : <p class="note">{allowances.note}</p>}
    </section>
  );
}

function History({ view: { history } }: { view: BillView }) {
  if (history === undefined) return null;
  return (
    <section>
      <h2>{history.title}</h2>
      <table class="totals">
        <tbody>
          {history.rows.map(({ period, used, total }) => (
            <tr key={period}>
              <th scope="row">
                {period}
                <small>{used}</small>
              </th>
              <td class="number">{total}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LineAllowances({ line }: { line: AllowancesView }) {
  return (
    <div class="allowances">
      <h3>{line.number}</h3>
      <ul>
        {line.items.map(({ name, text, left, notes, share }, index) => (
          <li key={index}>
            <span>{name}</span>
            <span class="bar" aria-hidden="true">
              <span style={{ width: `${Math.round(Math.min(1, share) * 100)}%` }} />
            </span>
            <span>
              {text}
              {notes.map((note, place) => (
                <small key={place}>{note}</small>
              ))}
            </span>
            <span class="left">{left}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Totals({ view: { totals } }: { view: BillView }) {
  return (
    <section>
      <h2>{totals.title}</h2>
      <table class="totals">
        <tbody>
          {totals.rows.map(({ label, value, isMain }, index) => (
            <tr key={index} class={isMain ? 'main' : undefined}>
              <th scope="row">{label}</th>
              <td class="number">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Foot({ view: { foot } }: { view: BillView }) {
  return (
    <footer>
      {foot.map(({ title, text, links = [], code, transfer }) => (
        <section key={title}>
          <h2>{title}</h2>
          {text === '' ? null : <p>{text}</p>}
          {transfer === undefined ? null : <TransferDetails transfer={transfer} />}
          {links.length === 0 ? null : <Links links={links} />}
          {code === undefined ? null : <code>{code}</code>}
        </section>
      ))}
    </footer>
  );
}

function Links({ links }: { links: readonly LinkView[] }) {
  return (
    <ul class="links">
      {links.map(({ label, href, printed }) => (
        <li key={href}>
          <a href={href}>{label}</a>
          <span class="printed">{printed}</span>
        </li>
      ))}
    </ul>
  );
}
