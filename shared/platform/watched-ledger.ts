import { metrics } from './log.ts';
import { Table, type Write } from './table.ts';

/** The ledger of functions that may open cases: each opened one counts in the metric `CasesOpened`, which has an alarm. */
export class WatchedLedger extends Table {
  override async transact(writes: readonly Write[], token?: string): Promise<boolean> {
    const done = await super.transact(writes, token);
    const openedIncidents = writes.filter(write => 'put' in write && write.put.pk === 'case').length;
    if (done && openedIncidents > 0) {
      metrics.addMetric('CasesOpened', 'Count', openedIncidents);
      // At once: the invocation may not live to its end.
      metrics.publishStoredMetrics();
    }
    return done;
  }
}
