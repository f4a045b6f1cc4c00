import addressParser from 'nodemailer/lib/addressparser';

export interface Header {
  readonly name: string;
  /** Unfolded, encoded words as they stand. */
  readonly value: string;
}

export interface Tag {
  readonly name: string;
  readonly value: string;
}

/** What SES is asked to send, before it has judged it. */
export interface Sending {
  readonly raw: Buffer;
  readonly headers: readonly Header[];
  /** As it stands in the header, else the envelope's. */
  readonly from: string | undefined;
  /** Of the envelope when it is given, else of To, Cc and Bcc; each once. */
  readonly recipients: readonly string[];
  readonly configurationSet: string | undefined;
  readonly tags: readonly Tag[];
}

/**
 * Reads the form of `SendRawEmail`. Tags of the call win over those of the header; they are not joined
 * (docs.aws.amazon.com/ses/latest/dg/event-publishing-send-email.html).
 */
export function readSending(form: URLSearchParams): Sending {
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  const headers = readHeaders(raw);
  const header = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const addressed = ['to', 'cc', 'bcc'].flatMap(name => addressesIn(header(name) ?? ''));
  const given = members(form, 'Destinations').flatMap(([, address]) => addressesIn(address));
  const tagsOfCall = members(form, 'Tags').filter(([key]) => key.endsWith('.Name'));
  return {
    raw,
    headers,
    from: header('from') ?? form.get('Source') ?? undefined,
    recipients: [...new Set(given.length > 0 ? given : addressed)],
    configurationSet: form.get('ConfigurationSetName') ?? header('x-ses-configuration-set'),
    tags:
      tagsOfCall.length > 0
        ? tagsOfCall.map(([key, name]) => ({ name, value: form.get(key.replace(/Name$/, 'Value')) ?? '' }))
        : tagsInHeader(header('x-ses-message-tags') ?? ''),
  };
}

export function addressesIn(text: string): string[] {
  return addressParser(text, { flatten: true }).map(({ address }) => address);
}

/** The fields before the first empty line. */
function readHeaders(raw: Buffer): Header[] {
  const [section = ''] = raw.toString('utf8').split(/\r?\n\r?\n/, 1);
  const unfolded = section.replace(/\r?\n[ \t]+/g, ' ');
  return unfolded.split(/\r?\n/).flatMap(line => {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value }];
  });
}

/** `message=m-1, account=acc-1` */
function tagsInHeader(text: string): Tag[] {
  return text
    .split(/[,;]/)
    .filter(pair => pair.trim() !== '')
    .map(pair => {
      const [name = '', ...value] = pair.split('=');
      return { name: name.trim(), value: value.join('=').trim() };
    });
}

/** The query protocol's lists: `Tags.member.1.Name`, `Tags.member.1.Value`, ... */
function members(form: URLSearchParams, list: string): [string, string][] {
  return [...form].filter(([key]) => key.startsWith(`${list}.member.`));
}
