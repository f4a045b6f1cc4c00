import type { PartAnswer } from '../gateway/exchange.ts';
import { sesError } from '../gateway/exchange.ts';
import { addressesIn, type Sending } from './raw-message.ts';

/** docs.aws.amazon.com/ses/latest/dg/quotas.html: of SES's first API. */
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_RECIPIENTS = 50;
const MOST_TAG_CHARACTERS = 256;
/** Those of docs.aws.amazon.com/ses/latest/dg/header-fields.html that a mail of ours can have. */
const SINGLE_HEADERS = new Set(
  ['From', 'Reply-To', 'Sender', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type', 'Auto-Submitted']
    .concat(['Content-Transfer-Encoding', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'References', 'In-Reply-To'])
    .map(name => name.toLowerCase()),
);

/** SES's refusal of a mail, worded as SES words it; `undefined`: it takes the mail. */
export function refusalOf(
  sending: Sending,
  known: { region: string; configurationSets: readonly string[]; identities: readonly string[] },
): PartAnswer | undefined {
  const { configurationSet } = sending;
  const wrong = wrongIn(sending);
  if (wrong !== undefined) return sesError(400, 'InvalidParameterValue', wrong);
  if (configurationSet !== undefined && !known.configurationSets.includes(configurationSet)) {
    const message = `Configuration set <${configurationSet}> does not exist.`;
    return sesError(400, 'ConfigurationSetDoesNotExist', message);
  }
  const unverified = addressesIn(sending.from ?? '').filter(address => !isVerified(address, known.identities));
  if (unverified.length === 0) return undefined;
  const where = `in region ${known.region.toUpperCase()}: ${unverified.join(', ')}`;
  const message = `Email address is not verified. The following identities failed the check ${where}`;
  return sesError(400, 'MessageRejected', message);
}

function wrongIn({ raw, headers, from, recipients, tags }: Sending): string | undefined {
  if (raw.length > MOST_BYTES) return `Message length is more than ${MOST_BYTES} bytes long: '${raw.length}'.`;
  const names = headers.map(({ name }) => name.toLowerCase());
  const twice = headers.find(
    (_, index) => SINGLE_HEADERS.has(names[index] ?? '') && names.indexOf(names[index] ?? '') < index,
  );
  if (twice !== undefined) return `Duplicate header '${twice.name}'.`;
  if (from === undefined || addressesIn(from).length === 0) return "Missing required header 'From'.";
  if (recipients.length === 0) return "Missing required header 'To'.";
  if (recipients.length > MOST_RECIPIENTS) return `Recipient count exceeds ${MOST_RECIPIENTS}.`;
  for (const address of recipients) {
    if (!/[^@]@[^@]+$/.test(address)) return "Missing final '@domain'";
    if (/[\s\p{Cc}]/u.test(address)) return 'Local address contains control or whitespace';
    if (/[^\x20-\x7e]/.test(address)) return 'Address contains illegal characters: only ASCII is allowed';
  }
  const tag = tags.find(({ name, value }) => !isTagText(name) || !isTagText(value));
  return tag && `Invalid tag <${tag.name}=${tag.value}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`;
}

/** docs.aws.amazon.com/ses/latest/APIReference/API_MessageTag.html */
function isTagText(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(text) && text.length <= MOST_TAG_CHARACTERS;
}

/** An address is verified by itself, or with its domain or one above it. */
function isVerified(address: string, identities: readonly string[]): boolean {
  const domain = address.split('@').at(-1)?.toLowerCase() ?? '';
  return identities.some(identity => {
    const verified = identity.toLowerCase();
    return verified.includes('@')
      ? verified === address.toLowerCase()
      : domain === verified || domain.endsWith(`.${verified}`);
  });
}
