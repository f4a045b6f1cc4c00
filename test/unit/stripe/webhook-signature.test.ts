import fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { Unavailable } from '#shared/platform/failure.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { parseWebhookSecrets } from '#shared/stripe/webhook-secrets.ts';
import { judgeSignature } from '#shared/stripe/webhook-signature.ts';
import { signedAt } from '#test/builders/stripe-events.ts';

const NOW = Date.UTC(2026, 10, 1);
const BODY = '{"id":"evt_1","object":"event"}';
const judge = (header: string | undefined, options: { body?: string; secrets?: string[]; at?: number } = {}) =>
  judgeSignature(Buffer.from(options.body ?? BODY), header, options.secrets ?? ['whsec_local'], options.at ?? NOW);

describe('the signature of a webhook', () => {
  test('is genuine when one of our secrets made it over this very body', () => {
    expect(judge(signedAt(NOW, BODY))).toBe('genuine');
  });

  test.each([
    ['there is none', undefined],
    ['it is empty', ''],
    ['it names no time', signedAt(NOW, BODY).replace(/^t=\d+,/, '')],
    ['its time is not a number', signedAt(NOW, BODY).replace(/^t=\d+/, 't=now')],
    ['it names no signature', `t=${NOW / SECOND}`],
    ['another secret made it', signedAt(NOW, BODY, 'whsec_other')],
    ['its time was changed', signedAt(NOW - 60 * SECOND, BODY).replace(/^t=\d+/, `t=${NOW / SECOND}`)],
    ['it is of a scheme that proves nothing', signedAt(NOW, BODY).replace('v1=', 'v0=')],
    ['it is cut short', signedAt(NOW, BODY).slice(0, -2)],
    ['it is not hexadecimal', `t=${NOW / SECOND},v1=${'z'.repeat(64)}`],
  ])('is forged when %s', (_, header) => {
    expect(judge(header)).toBe('forged');
  });

  test('is forged when one letter of the body is another', () => {
    expect(judge(signedAt(NOW, BODY), { body: BODY.replace('evt_1', 'evt_2') })).toBe('forged');
  });

  test('holds for 300 seconds of receipt time, and is stale in the 301st', () => {
    const header = signedAt(NOW, BODY);

    expect(judge(header, { at: NOW + 300 * SECOND + 999 })).toBe('genuine');
    expect(judge(header, { at: NOW + 301 * SECOND })).toBe('stale');
  });

  test('is forged, not stale, when it is old and by another secret: age says nothing then', () => {
    expect(judge(signedAt(NOW, BODY, 'whsec_other'), { at: NOW + 999 * SECOND })).toBe('forged');
  });

  test('may be by the old secret or the new one while the secret is being replaced', () => {
    const secrets = ['whsec_old', 'whsec_new'];

    expect(judge(signedAt(NOW, BODY, 'whsec_old'), { secrets })).toBe('genuine');
    expect(judge(signedAt(NOW, BODY, 'whsec_new'), { secrets })).toBe('genuine');
    expect(judge(signedAt(NOW, BODY, 'whsec_older'), { secrets })).toBe('forged');
  });

  test('may stand beside another one, as Stripe sends it while the secret is being replaced', () => {
    const [, other = ''] = signedAt(NOW, BODY, 'whsec_other').split(',');

    expect(judge(`${signedAt(NOW, BODY)},${other}`)).toBe('genuine');
    expect(judge(`t=${NOW / SECOND},${other},${signedAt(NOW, BODY).split(',')[1]}`)).toBe('genuine');
  });

  const body = fc.string({ minLength: 1, unit: 'grapheme' });
  const secret = fc.constantFrom('whsec_a', 'whsec_b');
  const age = fc.nat(700);

  test("is judged as by Stripe's own package", () => {
    fc.assert(
      fc.property(body, secret, secret, age, (payload, signer, ours, seconds) => {
        const header = signedAt(NOW - seconds * SECOND, payload, signer);
        const isGenuine = judge(header, { body: payload, secrets: [ours] }) === 'genuine';
        expect(isGenuine).toBe(stripeTakes(payload, header, ours));
      }),
    );
  });

  test("is never taken where Stripe's own package refuses it, whatever was done to it", () => {
    const damaged = fc.oneof(
      fc.nat(80).map(at => (header: string) => header.slice(0, at) + header.slice(at + 1)),
      fc.nat(80).map(at => (header: string) => `${header.slice(0, at)}0${header.slice(at + 1)}`),
      fc.nat(80).map(at => (header: string) => `${header.slice(0, at)}0${header.slice(at)}`),
      fc.string({ maxLength: 12 }).map(more => (header: string) => `${header},${more}`),
    );

    fc.assert(
      fc.property(body, age, damaged, (payload, seconds, damage) => {
        const header = damage(signedAt(NOW - seconds * SECOND, payload));
        fc.pre(judge(header, { body: payload }) === 'genuine');
        expect(stripeTakes(payload, header, 'whsec_local')).toBe(true);
      }),
    );
  });
});

function stripeTakes(body: string, header: string, secret: string): boolean {
  try {
    return Stripe.webhooks.signature?.verifyHeader(Buffer.from(body), header, secret, 300, undefined, NOW) === true;
  } catch {
    return false;
  }
}

describe('the parameter with the webhook secrets', () => {
  test('holds one, or two separated by a comma', () => {
    expect(parseWebhookSecrets('whsec_a')).toEqual(['whsec_a']);
    expect(parseWebhookSecrets(' whsec_a, whsec_b\n')).toEqual(['whsec_a', 'whsec_b']);
  });

  test.each(['', ',', 'sk_live_1', 'whsec_a,', 'whsec_'])('is an outage that rings when it holds "%s"', text => {
    let rings = 0;

    expect(() => parseWebhookSecrets(text, () => rings++)).toThrow(Unavailable);
    expect(rings).toBe(1);
  });
});
