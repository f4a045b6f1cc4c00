import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { billStyle } from '#shared/invoicing/html/bill-style.ts';
import type { Locale } from '#shared/locale/locales.ts';
import type { Sender } from '#shared/messages/mail/sender.ts';
import { pageTextsOf } from '../texts/page-texts-of.ts';

export interface PlainPage {
  readonly locale: Locale;
  readonly sender: Sender;
  /** Of the brand, as a `data:` address. */
  readonly logo?: string | undefined;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do, where there is something. */
  readonly action?: { readonly label: string; readonly href: string };
}

/** A page of a few sentences in the look of the bills; needs nothing from elsewhere, and no script. */
export function plainPage(page: PlainPage): string {
  const { title, paragraphs, action } = page;
  return framed(
    page,
    <>
      <h1>{title}</h1>
      {paragraphs.map(text => (
        <p key={text}>{text}</p>
      ))}
      {action === undefined ? null : (
        <a class="pay" href={action.href}>
          {action.label}
        </a>
      )}
    </>,
  );
}

interface Frame {
  readonly locale: Locale;
  readonly sender: Sender;
  readonly logo?: string | undefined;
  readonly title: string;
}

/** What is common to all pages but the bill: who speaks above, whom to ask below. */
export function framed({ locale, sender, logo, title }: Frame, content: ComponentChildren): string {
  return `<!doctype html>${render(
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ${sender.name}`}</title>
        <style dangerouslySetInnerHTML={{ __html: billStyle(sender.colours) + PLAIN_STYLE }} />
      </head>
      <body>
        <main class="plain">
          <p class="seller">{logo === undefined ? sender.name : <img src={logo} alt={sender.name} />}</p>
          {content}
          <Contacts locale={locale} sender={sender} />
        </main>
      </body>
    </html>,
  )}`;
}

function Contacts({ locale, sender: { contacts, legal } }: Pick<Frame, 'locale' | 'sender'>) {
  const { phone, mail, web } = contacts;
  const links = [
    ...(phone === undefined ? [] : [{ href: `tel:${phone.replaceAll(/[^+\d]/g, '')}`, label: phone }]),
    ...(mail === undefined ? [] : [{ href: `mailto:${mail}`, label: mail }]),
    ...(web === undefined ? [] : [{ href: web, label: web.replace(/^https:\/\//, '') }]),
  ];
  if (links.length === 0 && legal.length === 0) return null;
  return (
    <footer>
      {links.length === 0 ? null : (
        <>
          <h2>{pageTextsOf(locale).questions}</h2>
          <ul class="links">
            {links.map(({ href, label }) => (
              <li key={href}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {legal.map(line => (
        <p key={line} class="legal">
          {line}
        </p>
      ))}
    </footer>
  );
}

/** Beside the bill's own style. */
const PLAIN_STYLE = `
.plain { max-width: 560px; }
.plain h1 { font-size: 28px; margin: 32px 0 16px; }
.plain > p { margin-bottom: 12px; }
.plain .answer { margin-bottom: 24px; }
.plain .answer .status { margin-bottom: 12px; }
.plain a.pay, .plain button { font: inherit; font-weight: 600; }
.plain button { border: 0; cursor: pointer; }
.plain button.quiet { min-height: 44px; padding: 10px 0; margin-top: 8px; background: none; color: var(--accent);
  text-decoration: underline; font-weight: 400; }
.plain button:focus-visible, .plain input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.plain label { display: block; font-size: 14px; color: var(--grey); margin-bottom: 4px; }
.plain input { font: inherit; font-size: 28px; line-height: 1.2; letter-spacing: 4px; width: 240px; max-width: 100%; min-height: 56px;
  padding: 8px 12px; border: 2px solid var(--grey); border-radius: 8px; background: var(--ground); color: var(--ink);
  font-variant-numeric: tabular-nums; }
.plain .entry .pay { display: block; }
.trouble { border-left: 4px solid var(--late); padding: 8px 12px; }
.legal { color: var(--grey); font-size: 12px !important; margin-top: 8px; }
`;
