import type { Locale } from '#shared/locale/locales.ts';
import type { Sender } from '#shared/messages/mail/sender.ts';
import { pageTextsOf } from '../texts/page-texts-of.ts';
import { framed } from './plain-page.tsx';

export interface CodePage {
  readonly locale: Locale;
  readonly sender: Sender;
  readonly logo: string | undefined;
  /** What anybody with the link may see. */
  readonly summary: { readonly label: string; readonly total: string; readonly status: string; readonly name: string };
  /** Where the code goes, masked. */
  readonly to: string;
  /** Path of the page. */
  readonly path: string;
  /** A code is on its way, and can be entered. */
  readonly isSent: boolean;
  /** What was wrong with the last try. */
  readonly trouble: string | undefined;
}

/** How much and by when, and a way to show that one may see the rest. Two forms, and no script. */
export function codePage(page: CodePage): string {
  const { summary, to, path, isSent, trouble } = page;
  const texts = pageTextsOf(page.locale);
  const title = texts.codeTitle(page.sender.name);
  return framed(
    { ...page, title },
    <>
      <h1>{title}</h1>
      <div class="answer">
        <p class="label">{summary.label}</p>
        <p class="total">{summary.total}</p>
        <p class="status">{summary.status}</p>
        <p class="label">{texts.billFor(summary.name)}</p>
      </div>
      <p>{isSent ? texts.codeSent(to) : texts.codeWhy}</p>
      {trouble === undefined ? null : (
        <p class="trouble" role="alert" id="trouble">
          {trouble}
        </p>
      )}
      {isSent ? (
        <Entry path={path} label={texts.codeLabel} button={texts.showBill} isWrong={trouble !== undefined} />
      ) : null}
      <form method="post" action={`${path}/code`}>
        <button type="submit" class={isSent ? 'quiet' : 'pay'}>
          {isSent ? texts.sendAnother : texts.sendCode(to)}
        </button>
      </form>
    </>,
  );
}

interface EntryParts {
  readonly path: string;
  readonly label: string;
  readonly button: string;
  /** What was wrong is said above, under the id `trouble`. */
  readonly isWrong: boolean;
}

function Entry({ path, label, button, isWrong }: EntryParts) {
  return (
    <form method="post" action={path} class="entry">
      <label for="code">{label}</label>
      <input
        id="code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 \-]{6,9}"
        maxLength={9}
        required
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? 'trouble' : undefined}
      />
      <button type="submit" class="pay">
        {button}
      </button>
    </form>
  );
}
