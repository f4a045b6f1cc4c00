import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';

/**
 * Whether this very process listens at the port, by what the kernel says of both (proc(5): `/proc/net/tcp` names the
 * socket behind a port, `/proc/[pid]/fd` the sockets of a process). Whoever answers there may be somebody else.
 */
export function listensAt(pid: number, port: number): boolean {
  try {
    const own = new Set(readdirSync(`/proc/${pid}/fd`).map(name => linkOf(`/proc/${pid}/fd/${name}`)));
    return socketsAt(pid, port).some(inode => own.has(`socket:[${inode}]`));
  } catch {
    // It is gone.
    return false;
  }
}

function socketsAt(pid: number, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync(`/proc/${pid}/net/tcp`, 'utf8').trim().split('\n').slice(1);
  return lines.flatMap(line => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return local.endsWith(wanted) && state === LISTENING && inode !== undefined ? [inode] : [];
  });
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
