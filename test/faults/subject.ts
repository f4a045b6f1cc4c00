import { accountMinute } from '#shared/platform/account-minute.ts';

/**
 * Whom a flow happens to. Many of them share a run, each with a fault of its own, so nothing of one may be another's;
 * all that is his own has his number in it, by which it is told whose a call, a message or a mail is.
 */
export interface Subject {
  readonly number: string;
  readonly account: string;
  readonly email: string;
  /** For text messages. */
  readonly contact: string;
  readonly phone: { readonly line: string; readonly msisdn: string };
  readonly tablet: { readonly line: string; readonly msisdn: string };
  /** A number that is no line's. */
  readonly nobodys: string;
  /** The client's name for a batch or a record, which is one of `NAMES`. */
  readonly named: (name: string) => string;
}

const DIGITS = 4;
const IN_NUMBER = /(?<!\d)(4670[09])(\d{4})(01|02|09|99)(?!\d)/g;
const NAMES = [
  'faulty',
  'phone',
  'tablet',
  'small',
  'second-thoughts',
  'to-america',
  'to-the-netherlands',
  'to-be-voided',
  'of-nobody',
  'void',
];
/** Only the account has something behind its number. */
const IN_NAME = new RegExp(`\\b(${NAMES.join('|')})-(\\d{4})(?:(?<=\\bfaulty-\\d{4})-[0-9a-z]+)?(?!\\d)`, 'g');

const MINUTE = accountMinute('faulty');

export function subject(n: number): Subject {
  const number = String(n).padStart(DIGITS, '0');
  return {
    number,
    account: accountInTheMinute(`faulty-${number}`),
    email: `faulty-${number}@example.com`,
    contact: `+46700${number}09`,
    phone: { line: `phone-${number}`, msisdn: `+46700${number}01` },
    tablet: { line: `tablet-${number}`, msisdn: `+46700${number}02` },
    nobodys: `+46709${number}99`,
    named: name => `${name}-${number}`,
  };
}

/** The numbers that occur in the text; whether there is such a subject is another question. */
export function numbersIn(text: string): string[] {
  return [IN_NUMBER, IN_NAME].flatMap(mine => [...text.matchAll(mine)].flatMap(match => match[2] ?? []));
}

/** As the text were if there was only one subject, without a number. */
export function withoutNumbers(text: string): string {
  return text.replace(IN_NUMBER, '$10000$3').replace(IN_NAME, '$1');
}

/** Accounts have their turn at a minute that is a hash of the id: the same for all subjects, as for one alone. */
function accountInTheMinute(prefix: string): string {
  for (let attempt = 0; ; attempt += 1) {
    const account = `${prefix}-${attempt.toString(36)}`;
    const { wakeShard, wakeAt } = accountMinute(account);
    if (wakeShard === MINUTE.wakeShard && wakeAt === MINUTE.wakeAt) return account;
  }
}
