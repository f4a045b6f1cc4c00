import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Link } from '#shared/access/link-token.ts';
import { hasSession } from '#shared/access/session.ts';
import { findBill, type ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import { type OpenLink, openLink, unknownLink } from './open-link.ts';
import type { PageServices } from './services.ts';

/** A link to a bill that is there. */
export interface OpenBill extends OpenLink {
  readonly item: ItemOfBill;
  /** The page's own path. */
  readonly path: string;
  /** The brand wants to know who it is, and does not know it yet. */
  readonly isLocked: boolean;
}

/**
 * Opens a token that leads to a bill, or answers with a page that says why not. A letter's link asks for no second
 * factor: the print house cannot read the subscriber’s mail.
 */
export async function openBill(
  services: PageServices,
  event: APIGatewayProxyEventV2,
  token: string,
  targets: readonly Link['to'][] = ['bill'],
): Promise<OpenBill | { readonly refused: Answer }> {
  const opened = await openLink(services, event, token, targets);
  if ('refused' in opened) return opened;
  const { link, brand } = opened;
  const item = await findBill(services.ledger, link.subject);
  if (item === undefined || item.account !== link.account) return { refused: await unknownLink(services, event) };
  const { accepted } = await services.secrets();
  const isKnown =
    link.to === 'letter' ||
    (brand?.secondFactor ?? null) === null ||
    hasSession(accepted, event.cookies ?? [], link.account, services.clock());
  return { ...opened, item, path: `/b/${token}`, isLocked: !isKnown };
}
