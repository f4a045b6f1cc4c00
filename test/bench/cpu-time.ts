/** CPU time of this process so far, in ms: what a piece of work takes on one core, whatever else the machine does. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
