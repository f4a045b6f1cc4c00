import { aCall, aDataSession, anSms } from '#test/builders/usage.ts';

export const PHONE = { line: '+46700000001' };
export const TABLET = { line: '+46700000002' };
export const BRAM = { line: '+31600000001' };
export const SWEDEN = '+46811111111';
const AMERICA = '+12125550100';
const AMERICAN_NETWORK = '310410';

/** Withdrawn when Stripe has heard of them. */
export const toBeVoided = aCall({
  id: 'e-12',
  ...PHONE,
  peer: SWEDEN,
  startedAt: '2026-11-07T08:00:00Z',
  seconds: 100,
});
export const messageToBeVoided = anSms({ id: 'e-13', ...PHONE, startedAt: '2026-11-07T08:10:00Z' });
// 08:00 in Stockholm is 07:00Z; peak is Monday to Friday from 08:00 to 20:00 there.
export const weekOfElin = [
  // 400 of the 600 s: covered.
  aCall({ id: 'e-1', ...PHONE, peer: SWEDEN, startedAt: '2026-11-02T08:00:00Z', seconds: 400 }),
  // The last 200 s covered, 300 s in peak: 0.50 + 300 × 1.20 / 60 = 6.50.
  aCall({ id: 'e-2', ...PHONE, peer: SWEDEN, startedAt: '2026-11-02T10:00:00Z', seconds: 500 }),
  // 60/60: 61 s → 120 s; 1.00 + 120 × 6.00 / 60 = 13.00. No allowance for America.
  aCall({ id: 'e-3', ...PHONE, peer: AMERICA, startedAt: '2026-11-03T12:00:00Z', seconds: 61 }),
  // Not answered.
  aCall({ id: 'e-4', ...PHONE, peer: SWEDEN, startedAt: '2026-11-04T12:00:00Z', seconds: 0 }),
  // 19:59:59 in Stockholm, the last second of peak; 60/1: 5 s → 60 s; 0.50 + 1.20 = 1.70.
  aCall({ id: 'e-5', ...PHONE, peer: SWEDEN, startedAt: '2026-11-04T18:59:59Z', seconds: 5 }),
  // 20:00:00: 0.50 + 0.60 = 1.10.
  aCall({ id: 'e-6', ...PHONE, peer: SWEDEN, startedAt: '2026-11-04T19:00:00Z', seconds: 5 }),
  // 1.00 each.
  anSms({ id: 'e-7', ...PHONE, startedAt: '2026-11-05T08:00:00Z' }),
  anSms({ id: 'e-8', ...PHONE, startedAt: '2026-11-05T08:00:01Z' }),
  // 900 MB of the included 1 GB.
  aDataSession({ id: 'e-9', ...PHONE, startedAt: '2026-11-05T12:00:00Z', bytes: 900_000_000 }),
  // 100 MB covered, 500 MB priced: one GB begun, 99.00.
  aDataSession({ id: 'e-10', ...PHONE, startedAt: '2026-11-06T12:00:00Z', bytes: 600_000_000 }),
  // Roaming, in tens of KB: 1 240 000 B = 1 240 KB at 0.049 = 60.76.
  aDataSession({
    id: 'e-11',
    ...PHONE,
    network: AMERICAN_NETWORK,
    startedAt: '2026-11-06T15:00:00Z',
    bytes: 1_234_567,
  }),
  // Saturday: 0.50 + 100 × 0.60 / 60 = 1.50.
  toBeVoided,
  messageToBeVoided,
];

export const weekOfBram = [
  // 08:30 in Amsterdam, peak; 60/60: 61 s → 120 s; 0.05 + 120 × 0.12 / 60 = 0.29.
  aCall({ id: 'b-1', ...BRAM, peer: SWEDEN, startedAt: '2026-11-03T07:30:00Z', seconds: 61 }),
  // 07:30: 0.05 + 120 × 0.06 / 60 = 0.17.
  aCall({ id: 'b-2', ...BRAM, peer: SWEDEN, startedAt: '2026-11-03T06:30:00Z', seconds: 61 }),
  // 0.10 + 60 × 0.12 / 60 = 0.22.
  aCall({ id: 'b-3', ...BRAM, peer: '+31201111111', startedAt: '2026-11-04T12:00:00Z', seconds: 60 }),
  // 0.0333 + 120 × 0.01 / 60 = 0.0533.
  aCall({ id: 'b-4', ...BRAM, peer: '+4930111111', startedAt: '2026-11-04T13:00:00Z', seconds: 90 }),
  // 15 covered (see below), two at 0.12.
  anSms({ id: 'b-5', ...BRAM, startedAt: '2026-11-05T08:00:00Z', count: 17 }),
  // In whole KB: 12 346 000 B; 124 begun steps of 100 KB at 0.002 = 0.248.
  aDataSession({ id: 'b-6', ...BRAM, startedAt: '2026-11-05T12:00:00Z', bytes: 12_345_678 }),
];
