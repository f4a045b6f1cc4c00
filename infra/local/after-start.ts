import type { LocalCloud } from './local-cloud.ts';
import type { StartArguments } from './start-arguments.ts';

/** Between the start of the parts and `ready`: the catalog is published, the admin key is made. */
export async function prepare(_cloud: LocalCloud, _args: StartArguments): Promise<void> {}

/** Unless `--empty`: the sample's months, told as they happen. */
export async function tellSample(_cloud: LocalCloud, _args: StartArguments): Promise<void> {}
