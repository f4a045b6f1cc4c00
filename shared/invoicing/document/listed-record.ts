import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { freeNumbers } from '#shared/catalog/emergency-numbers.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';

/** How a bill shows whom was called. */
export type PeersShown = 'full' | 'masked' | 'none';

/**
 * Which records a subscriber finds on the bill. Left out: voided and quarantined ones, which cost nothing here, and those
 * that cannot be charged for (unanswered, incoming). Left out as well unless the catalog lists them: calls that are free
 * by their rate, and calls to emergency numbers and helplines that cost nothing. A bill is read by others in the
 * household, and the law keeps such calls out of it (Directive (EU) 2018/1972, Annex VI A(a)).
 */
export class ListedRecords {
  readonly #freeNumbers: ReadonlySet<string>;
  readonly #listsFreeCalls: boolean;

  /** `catalogs` in order of their dates: the newest decides. */
  constructor(catalogs: readonly CatalogVersion[]) {
    const newest = catalogs.at(-1);
    const country = newest?.zoning.home.country;
    this.#freeNumbers = new Set(country === undefined ? [] : freeNumbers(country).atHome);
    this.#listsFreeCalls = newest?.freeCalls === 'listed';
  }

  has(rating: RatedRecord): boolean {
    const { state, reason } = rating;
    const isBilled = state === 'open' || state === 'covered' || (state === 'free' && reason === 'zero-price');
    return isBilled && (this.#listsFreeCalls || !this.#isFreeCall(rating));
  }

  /** A price of zero for everything is what an unlimited plan has: such calls are its use, and are listed. */
  #isFreeCall({ record, state, card, amount }: RatedRecord): boolean {
    const { peer } = record.facts;
    if (peer === undefined) return false;
    if (state === 'free' && card !== null) return true;
    return this.#freeNumbers.has(peer) && (state !== 'open' || amount === 0n);
  }
}

/** Who does not want single records gets none by number, in the file for machines either. */
export function peersOf({
  itemised,
  maskPeers,
}: {
  readonly itemised: boolean;
  readonly maskPeers: boolean;
}): PeersShown {
  if (!itemised) return 'none';
  return maskPeers ? 'masked' : 'full';
}

export function peerShown(peer: string | undefined, shown: PeersShown): string | null {
  if (peer === undefined || shown === 'none') return null;
  return shown === 'masked' ? masked(peer) : peer;
}

/** Enough to recognise a call, too little to call back. */
function masked(peer: string): string {
  return peer.length <= 6 ? peer : `${peer.slice(0, -4)}****`;
}
