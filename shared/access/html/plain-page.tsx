import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { Locale } from '#shared/accounts/account.ts';
import { billStyle } from '#shared/invoicing/html/bill-style.ts';
import type { Sender } from '#shared/notices/sender.ts';
import { pageTextsOf } from '../texts/page-texts-of.ts';

export interface PlainPage {
  readonly locale: Locale;
  readonly sender: Sender;
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
  readonly title: string;
}

/** What is common to all pages but the bill: who speaks above, whom to ask below. */
export function framed({ locale, sender, title }: Frame, content: ComponentChildren): string {
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
          <p class="seller">{sender.name}</p>
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
.plain main > p, .plain > p { margin-bottom: 12px; }
.plain > a.pay, .plain button { font: inherit; font-weight: 600; }
.legal { color: var(--grey); font-size: 12px !important; margin-top: 8px; }
`;
