import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openIncidents } from '#shared/platform/incident.ts';
import type { EventServices } from '#shared/reactions/reaction.ts';
import { stripeEventObjects } from '#shared/stripe/events/stripe-event-objects.ts';
import { stripePayingMethods } from '#shared/stripe/paying-methods.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { messageWith, take } from '#test/parts/event-taking.ts';
import { useTables } from '#test/parts/tables.ts';

/** As `GET /v2/core/events/{id}` answers it (API reference, 2026-10-28.endive). */
const REPORT = {
  id: 'evt_report',
  object: 'v2.core.event',
  type: 'v1.billing.meter.error_report_triggered',
  created: '2026-11-10T12:00:10.000Z',
  livemode: false,
  context: null,
  related_object: { id: 'mtr_1', type: 'billing.meter', url: '/v1/billing/meters/mtr_1' },
  data: {
    developer_message_summary: 'There is 3 invalid events',
    reason: {
      error_count: 3,
      error_types: [
        {
          code: 'meter_event_customer_not_found',
          error_count: 2,
          sample_errors: [{ error_message: 'No such customer cus_1', request: { identifier: 'h4sh:1:2' } }],
        },
        { code: 'timestamp_too_far_in_past', error_count: 1, sample_errors: [] },
      ],
    },
    validation_start: '2026-11-10T11:59:50.000Z',
    validation_end: '2026-11-10T12:00:00.000Z',
  },
};

const tables = useTables();
let server: Server;
let services: EventServices;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isThere = request.url === '/v2/core/events/evt_report';
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isThere ? REPORT : { error: { code: 'not_found', message: 'Not there.' } }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  services = {
    ledger: tables.ledger,
    clock: () => Date.UTC(2026, 10, 10, 12, 1),
    objects: stripeEventObjects(async () => stripeClient('sk_test_local', `http://127.0.0.1:${port}`)),
    methods: stripePayingMethods(async () => stripeClient('sk_test_local', `http://127.0.0.1:${port}`)),
    count: () => undefined,
  };
});
afterAll(() => server.close());

const report = {
  id: 'evt_report',
  type: 'v1.billing.meter.error_report_triggered',
  object: 'mtr_1',
  createdAt: Date.UTC(2026, 10, 10, 12, 0, 10),
};

it('usage that a meter found wrong afterwards is one case, with meter, codes and counts, and nobody’s name', async () => {
  await take(services, report, report);
  await take(services, messageWith({ ...report, fetched: true }));

  expect(await Array.fromAsync(openIncidents(tables.ledger))).toMatchObject([
    {
      code: 'meter-errors',
      subject: { pk: 'meter#mtr_1', sk: 'evt_report' },
      openedAt: report.createdAt,
      detail: {
        event: 'v1.billing.meter.error_report_triggered',
        errors: 'meter_event_customer_not_found: 2, timestamp_too_far_in_past: 1',
        samples: 'h4sh:1:2',
        from: '2026-11-10T11:59:50Z',
        to: '2026-11-10T12:00:00Z',
      },
    },
  ]);
});

it('a report that Stripe does not show is a case all the same', async () => {
  const type = 'v1.billing.meter.no_meter_found';

  await take(services, { id: 'evt_hidden', type, createdAt: Date.UTC(2026, 10, 11) });

  const [newest] = await Array.fromAsync(openIncidents(tables.ledger));
  expect(newest).toMatchObject({ code: 'meter-errors', subject: { pk: 'meter#none' }, detail: { event: type } });
});
