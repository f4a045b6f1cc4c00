import { DAY, HOUR, type Instant, printInstant } from '#shared/platform/instant.ts';
import { addLine } from './add-line.ts';
import { APPRENTICE, FOREMAN } from './cast.ts';
import { dayOf, dayText } from './sample-months.ts';
import type { Scene } from './scene.ts';
import type { Tallies } from './tally.ts';
import { type PostedRecord, usageOfADay } from './usage-of-a-day.ts';

/** From this day of the first month the apprentice's phone is in use; on the 12th somebody tells Dunlin. */
export const APPRENTICE_FROM_DAY = 10;

/** What goes wrong in real life, on fixed days. */
export async function incidents(scene: Scene, tallies: Tallies, midnight: Instant): Promise<void> {
  const { operator, months } = scene;
  const say = (text: string) => scene.say(`${dayText(midnight)}: ${text}`);
  const today = usageOfADay(FOREMAN, midnight);
  switch (midnight) {
    case dayOf(months, 2):
      await tallies.post('nordlys', today);
      return say(`the network sends ${today.length} records twice; the second time changes nothing`);
    case dayOf(months, 4): {
      const call = firstCall(today);
      await tallies.post('nordlys', [{ ...call, seconds: 3600 }]);
      return say(`${call.id} comes again with other seconds; the first one counts, the other is shown`);
    }
    case dayOf(months, 6): {
      const { accepted, rejected } = await tallies.post('nordlys', [...malformed(midnight), anotherCall(midnight)]);
      say(`a faulty batch; ${accepted} accepted, ${rejected.length} refused`);
      for (const { id, errors } of rejected) {
        scene.say(`    ${id}: ${errors.map(error => `${error.path} ${error.message}`).join('; ')}`);
      }
      return;
    }
    case dayOf(months, APPRENTICE_FROM_DAY):
      return say('a SIM is in use that nobody has registered; its records wait in quarantine');
    case dayOf(months, 12):
      await addLine(operator, 'nordlys', APPRENTICE, dayOf(months, APPRENTICE_FROM_DAY));
      return say('it is the apprentice’s; the line starts on the 10th, its records count by themselves');
    case dayOf(months, 18): {
      const call = firstCall(today);
      await tallies.post('nordlys', correction(call));
      return say(`${call.id} is withdrawn and posted anew`);
    }
    case months.second + DAY:
      await tallies.post('van-dijk', lateCalls(months.second - DAY));
      return say(
        `three calls of ${dayText(months.second - DAY)} arrive after their period was closed; they wait for the next bill`,
      );
    default:
      return;
  }
}

/** A day's first call is always answered. */
function firstCall(records: readonly PostedRecord[]): PostedRecord {
  const call = records.find(record => record.kind === 'voice');
  if (call === undefined) throw new Error('The foreman calls every day.');
  return call;
}

function malformed(midnight: Instant): PostedRecord[] {
  const common = { line: FOREMAN.msisdn, startedAt: printInstant(midnight + 9 * HOUR) };
  return [
    { id: 'faulty-1', kind: 'voice', ...common, seconds: 60 },
    { id: 'faulty-2', kind: 'data', ...common, bytes: -5 },
    { id: 'faulty-3', kind: 'data', ...common, startedAt: printInstant(midnight + 5 * DAY), bytes: 5 },
  ];
}

function anotherCall(midnight: Instant): PostedRecord {
  const startedAt = printInstant(midnight + 9 * HOUR);
  return { id: 'sound-1', kind: 'voice', line: FOREMAN.msisdn, startedAt, peer: '+46701234567', seconds: 61 };
}

function correction(call: PostedRecord): PostedRecord[] {
  const { line, kind, startedAt } = call;
  return [
    { id: `${call.id}-void`, line, kind, startedAt, voids: call.id },
    { ...call, id: `${call.id}-right`, seconds: 42 },
  ];
}

function lateCalls(midnight: Instant): PostedRecord[] {
  return [10, 14, 19].map(hour => ({
    id: `late-${hour}`,
    kind: 'voice',
    line: '+31612340001',
    startedAt: printInstant(midnight + hour * HOUR),
    peer: '+12125550100',
    seconds: 90,
  }));
}
