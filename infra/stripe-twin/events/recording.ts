import { type PresentedKind, present } from '../objects/presentation.ts';
import type { Records } from '../records/records.ts';
import type { World } from '../store/world.ts';
import { announce } from './announcing.ts';

/** Puts a new record and writes its event. */
export function create<K extends PresentedKind>(world: World, kind: K, event: string, record: Records[K]): Records[K] {
  world.store.put(kind, record.id, record);
  announce(world, event, present(world, kind, record));
  return record;
}

/** Puts the changed record. Its event is written only if something that shows has changed; `….updated` tells what was. */
export function update<K extends PresentedKind>(world: World, kind: K, event: string, record: Records[K]): Records[K] {
  const standing = world.store.get(kind, record.id);
  const before = standing === undefined ? undefined : present(world, kind, standing);
  world.store.put(kind, record.id, record);
  const after = present(world, kind, record);
  if (JSON.stringify(before) === JSON.stringify(after)) return record;
  announce(world, event, after, event.endsWith('.updated') ? before : undefined);
  return record;
}
