import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { readableOn } from '#shared/catalog/contrast.ts';
import { colonIn } from '#shared/locale/colon.ts';
import type { DebtRow, MessageView } from '../message-view.ts';
import type { TransferDetails } from '../transfer-details.ts';

/**
 * Colours are inline for mail programs that drop the head; those that keep it and show dark get theirs from here. Every
 * ground and every text has a colour of its own, so that a program that darkens by itself takes both along.
 */
const DARK = `
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .ground { background: #15181c !important; }
  .card { background: #1f262d !important; }
  .soft { background: #2a323b !important; }
  .ink { color: #eceef1 !important; }
  .grey { color: #a9b0ba !important; }
  .rule { border-color: #3a4049 !important; }
}
@media (max-width: 480px) {
  .card { padding: 24px 20px !important; }
  .amount { font-size: 28px !important; }
}`;

const GROUND = '#eef1f4';
const CARD = '#ffffff';
const SOFT = '#eef4f7';
const INK = '#1a1d21';
const GREY = '#565c65';
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
const TEXT = { margin: '0 0 16px', fontFamily: FONT, fontSize: '16px', lineHeight: '24px', color: INK } as const;
const SMALL = { margin: '0 0 12px', fontFamily: FONT, fontSize: '14px', lineHeight: '20px', color: GREY } as const;
const LINK = { color: 'inherit', textDecoration: 'underline' } as const;

/** A mail that needs nothing from elsewhere but, where the brand has one, its logo. */
export function messageMail(view: MessageView): string {
  return `<!doctype html>${render(<Mail view={view} />)}`;
}

function Mail({ view }: { view: MessageView }) {
  return (
    <html lang={view.locale} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{view.subject}</title>
        <style dangerouslySetInnerHTML={{ __html: DARK }} />
      </head>
      <body class="ground" style={{ margin: 0, padding: 0, backgroundColor: GROUND }}>
        <Preheader text={view.preheader} />
        <Table class="ground" ground={GROUND}>
          <td align="center" style={{ padding: '24px 12px' }}>
            <Table width="600" style={{ maxWidth: '600px' }}>
              <td style={{ padding: '0 4px 16px' }}>
                <From view={view} />
              </td>
            </Table>
            <Table width="600" style={{ maxWidth: '600px' }}>
              <td class="card" style={{ backgroundColor: CARD, borderRadius: '8px', padding: '32px' }}>
                <Content view={view} />
              </td>
            </Table>
            <Table width="600" style={{ maxWidth: '600px' }}>
              <td style={{ padding: '16px 4px' }}>
                <Foot view={view} />
              </td>
            </Table>
          </td>
        </Table>
      </body>
    </html>
  );
}

/** Lists of mails show it behind the subject; the blanks keep the text that follows out of there. */
function Preheader({ text }: { text: string }) {
  // No tiny letters: filters take those for a trick.
  return (
    <div style="display:none;overflow:hidden;max-height:0;max-width:0;mso-hide:all">
      {text + '\u200c\u00a0'.repeat(60)}
    </div>
  );
}

interface TableProps {
  readonly class?: string;
  readonly width?: string;
  readonly ground?: string;
  readonly style?: Readonly<Record<string, string>>;
  readonly children: ComponentChildren;
}

/** One row for layout, of which screen readers say nothing. */
function Table({ class: name, width, ground, style, children }: TableProps) {
  return (
    <table
      role="presentation"
      class={name}
      width={width ?? '100%'}
      cellPadding="0"
      cellSpacing="0"
      style={{ width: '100%', borderCollapse: 'separate', backgroundColor: ground, ...style }}
    >
      <tbody>
        <tr>{children}</tr>
      </tbody>
    </table>
  );
}

function From({ view: { sender } }: { view: MessageView }) {
  if (sender.logo !== undefined) {
    return (
      <img src={sender.logo} alt={sender.name} height={32} style={{ display: 'block', height: '32px', border: 0 }} />
    );
  }
  const style = { ...TEXT, margin: 0, fontWeight: 700, color: readableOn(sender.colours.accent, GROUND) };
  return (
    <p class="ink" style={style}>
      {sender.name}
    </p>
  );
}

function Content({ view }: { view: MessageView }) {
  const { button, debts, transfer } = view;
  return (
    <>
      <h1 class="ink" style={{ ...TEXT, fontSize: '20px', lineHeight: '28px', fontWeight: 700 }}>
        {view.heading}
      </h1>
      <Amount view={view} />
      {view.paragraphs.map(paragraph => (
        <p key={paragraph} class="ink" style={TEXT}>
          {paragraph}
        </p>
      ))}
      {button === undefined ? null : <Button view={view} button={button} />}
      {debts === undefined ? null : (
        <>
          <h2 class="ink" style={{ ...TEXT, margin: '24px 0 4px', fontWeight: 700 }}>
            {debts.title}
          </h2>
          <Debts rows={debts.rows} />
        </>
      )}
      {transfer === undefined ? null : <Transfer transfer={transfer} />}
      {view.notes.map(note => (
        <p key={note} class="grey" style={SMALL}>
          {note}
        </p>
      ))}
    </>
  );
}

function Amount({ view: { amount } }: { view: MessageView }) {
  const big = { ...TEXT, margin: 0, fontSize: '40px', lineHeight: '48px', fontWeight: 700 };
  return (
    <Table style={{ margin: '0 0 20px' }}>
      <td class="soft" style={{ backgroundColor: SOFT, borderRadius: '8px', padding: '16px 20px' }}>
        <p class="grey" style={{ ...SMALL, margin: 0 }}>
          {amount.label}
        </p>
        <p class="ink amount" style={big}>
          {amount.value}
        </p>
      </td>
    </Table>
  );
}

/** Outlook for Windows takes no padding on a link: it has its own on the cell. */
function Button({ view, button }: { view: MessageView; button: NonNullable<MessageView['button']> }) {
  const { accent, accentText } = view.sender.colours;
  const style = {
    display: 'inline-block',
    padding: '12px 24px',
    fontFamily: FONT,
    fontSize: '16px',
    lineHeight: '24px',
    fontWeight: 600,
    color: accentText,
    textDecoration: 'none',
  };
  return (
    <table role="presentation" cellPadding="0" cellSpacing="0" style={{ margin: '8px 0 20px' }}>
      <tbody>
        <tr>
          <td style={`background-color:${accent};border-radius:8px;mso-padding-alt:12px 24px`}>
            <a href={button.href} style={style}>
              {button.label}
            </a>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Debts({ rows }: { rows: readonly DebtRow[] }) {
  const rule = { borderTop: '1px solid #d5d9df', padding: '8px 0', verticalAlign: 'top' };
  return (
    <table width="100%" cellPadding="0" cellSpacing="0" style={{ width: '100%', margin: '0 0 16px' }}>
      <tbody>
        {rows.map(({ label, value, link }) => (
          <tr key={label}>
            <th
              scope="row"
              class="rule ink"
              style={{ ...SMALL, ...rule, color: INK, textAlign: 'left', fontWeight: 400, margin: 0 }}
            >
              {label}
              {link === undefined ? null : (
                <>
                  <br />
                  <a href={link.href} style={LINK}>
                    {link.label}
                  </a>
                </>
              )}
            </th>
            <td
              class="rule ink"
              style={{ ...SMALL, ...rule, color: INK, textAlign: 'right', whiteSpace: 'nowrap', paddingLeft: '16px' }}
            >
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Transfer({ transfer: { title, rows, note } }: { transfer: TransferDetails }) {
  const rule = {
    borderTop: '1px solid #d5d9df',
    padding: '8px 0',
    verticalAlign: 'top',
    textAlign: 'left',
    overflowWrap: 'anywhere',
  };
  return (
    <>
      <h2 class="ink" style={{ ...TEXT, margin: '24px 0 4px', fontWeight: 700 }}>
        {title}
      </h2>
      <table width="100%" cellPadding="0" cellSpacing="0" style={{ width: '100%', margin: '0 0 8px' }}>
        <tbody>
          {rows.map(({ label, value }) => (
            <tr key={label}>
              <th scope="row" class="rule grey" style={{ ...SMALL, ...rule, fontWeight: 400, margin: 0, width: '36%' }}>
                {label}
              </th>
              <td class="rule ink" style={{ ...SMALL, ...rule, color: INK, paddingLeft: '12px' }}>
                {value}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="grey" style={SMALL}>
        {note}
      </p>
    </>
  );
}

function Foot({ view: { contact, sender, locale } }: { view: MessageView }) {
  return (
    <>
      <p class="grey" style={{ ...SMALL, margin: '0 0 4px' }}>
        {contact.lead}
      </p>
      {contact.ways.map(({ label, value, href }) => (
        <p key={label} class="grey" style={{ ...SMALL, margin: '0 0 4px' }}>
          {`${label}${colonIn(locale)} `}
          <a class="grey" href={href} style={{ color: GREY }}>
            {value}
          </a>
        </p>
      ))}
      {sender.legal.length === 0 ? null : (
        <p class="grey" style={{ ...SMALL, margin: '16px 0 0', fontSize: '12px', lineHeight: '16px' }}>
          {sender.legal.map((line, index) => (
            <>
              {index === 0 ? null : <br />}
              {line}
            </>
          ))}
        </p>
      )}
    </>
  );
}
