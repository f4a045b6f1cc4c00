import type { Meter } from '../records/meters.ts';
import type { World } from '../store/world.ts';
import { noSuch } from '../wire/errors.ts';

export function meterOf(world: World, id: string): Meter {
  const meter = world.store.get('billing.meter', id);
  if (!meter) throw noSuch('billing meter', id);
  return meter;
}

/** The meter that takes events of this name now; an event name belongs to one active meter. */
export function activeMeterFor(world: World, eventName: string): Meter | undefined {
  return [...world.store.all('billing.meter')].find(
    meter => meter.event_name === eventName && meter.status === 'active',
  );
}
