import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { linkSecrets } from '#shared/access/link-secrets.ts';
import { type Link, readLink, signLink } from '#shared/access/link-token.ts';
import { LINK_LIVES, linksAt } from '#shared/access/links.ts';
import { DAY, SECOND } from '#shared/platform/instant.ts';

const SECRET = 'one-secret-of-more-than-32-characters';
const OTHER = 'another-secret-of-more-than-32-chars';
const NOW = Date.UTC(2026, 11, 1);

function aLink(changes: Partial<Link> = {}): Link {
  return { to: 'bill', account: 'acc-1', subject: 'bill_1QxYz', expiresAt: NOW + DAY, ...changes };
}

describe('a link token', () => {
  it('gives back what was signed', () => {
    const anyLink = fc.record({
      to: fc.constantFrom('bill' as const, 'letter' as const, 'pay' as const, 'card' as const),
      account: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
      subject: fc.stringMatching(/^\w{0,54}$/),
      expiresAt: fc.integer({ min: 1, max: 4_000_000_000 }).map(seconds => seconds * SECOND),
    });

    fc.assert(
      fc.property(anyLink, link => {
        const token = signLink(SECRET, link);
        expect(token).toMatch(/^[\w-]{1,200}$/);
        expect(readLink([SECRET], token, link.expiresAt - 1)).toEqual({ state: 'valid', link });
        expect(readLink([SECRET], token, link.expiresAt)).toEqual({ state: 'expired', link });
      }),
    );
  });

  it('is the text and half of its HMAC in base64url', () => {
    // 2026-12-02T00:00:00Z is second 1 796 169 600, in base 36 tpe5c0.
    const text = 'bill|tpe5c0|acc-1|bill_1QxYz';
    const signature = createHmac('sha256', SECRET).update(`dunlin-link-1|${text}`).digest().subarray(0, 16);

    const token = signLink(SECRET, aLink());

    expect(Buffer.from(token, 'base64url')).toEqual(Buffer.concat([Buffer.from(text), signature]));
  });

  test('no other character may stand at any place of it', () => {
    const token = signLink(SECRET, aLink());
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/ ';

    const accepted = [...token].flatMap((character, place) =>
      [...alphabet]
        .filter(other => other !== character)
        .map(other => token.slice(0, place) + other + token.slice(place + 1))
        .filter(changed => readLink([SECRET], changed, NOW).state !== 'unknown'),
    );

    expect(accepted).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['one character', 'A'],
    ['a signature alone', Buffer.alloc(16).toString('base64url')],
    ['something else behind it', `${signLink(SECRET, aLink())}A`],
    ['half of it', signLink(SECRET, aLink()).slice(0, 40)],
    ["another secret's", signLink(OTHER, aLink())],
    ['text that is not base64', 'ångström/../..'],
  ])('is unknown when it is %s', (_, token) => {
    expect(readLink([SECRET], token, NOW)).toEqual({ state: 'unknown' });
  });

  it('works with the old secret while that is accepted', () => {
    const token = signLink(OTHER, aLink());

    expect(readLink([SECRET, OTHER], token, NOW).state).toBe('valid');
  });

  it.each([
    ['an account with a separator', { account: 'acc|1' }],
    ['a subject with a separator', { subject: 'bill|1' }],
  ])('is never made for %s', (_, changes) => {
    expect(() => signLink(SECRET, aLink(changes))).toThrow();
  });
});

describe('links of a message', () => {
  it('count from its moment, so that a repeat has the same ones', () => {
    const address = 'https://billing.example.com';

    const links = linksAt(address, SECRET)(NOW);
    const [bill, pay, card] = [links.bill('acc-1', 'bill_1'), links.pay('acc-1', 'in_1'), links.card('acc-1')];
    const letter = links.letter('acc-1', 'bill_1');

    expect(linksAt(address, SECRET)(NOW).bill('acc-1', 'bill_1')).toBe(bill);
    expect(bill).toMatch(/^https:\/\/billing\.example\.com\/b\/[\w-]+$/);
    expect(letter).toMatch(/^https:\/\/billing\.example\.com\/b\/[\w-]+\.pdf$/);
    expect([pay, card].every(link => link.startsWith(`${address}/pay/`))).toBe(true);
    const read = (link: string) => readLink([SECRET], link.split('/').at(-1)?.replace('.pdf', '') ?? '', NOW);
    expect([bill, letter, pay, card].map(read)).toEqual([
      { state: 'valid', link: aLink({ subject: 'bill_1', expiresAt: NOW + 180 * DAY }) },
      { state: 'valid', link: aLink({ to: 'letter', subject: 'bill_1', expiresAt: NOW + 180 * DAY }) },
      { state: 'valid', link: aLink({ to: 'pay', subject: 'in_1', expiresAt: NOW + 60 * DAY }) },
      { state: 'valid', link: aLink({ to: 'card', subject: '', expiresAt: NOW + 60 * DAY }) },
    ]);
    expect(LINK_LIVES.bill).toBe(15_552_000_000);
  });
});

describe('the secrets of links', () => {
  it.each([
    [SECRET, [SECRET]],
    [`${SECRET}, ${OTHER}\n`, [SECRET, OTHER]],
  ])('are one, or several with a comma between them, the first one signing', async (text, accepted) => {
    expect(await linkSecrets(async () => text, fail)).toEqual({ signing: accepted[0], accepted });
  });

  it.each(['', 'too short', `${SECRET},`, `${SECRET},short`])('are unusable as "%s", and that rings', async text => {
    let rung = 0;

    const reading = linkSecrets(
      async () => text,
      () => {
        rung += 1;
      },
    );

    await expect(reading).rejects.toMatchObject({ status: 503, code: 'link-secret-unusable' });
    expect(rung).toBe(1);
  });
});

function fail(): never {
  throw new Error('It should not ring.');
}
