import dns from 'node:dns';
import { isIP } from 'node:net';

/**
 * From now on names such as `<id>.execute-api.localhost` lead to this machine in this process, as RFC 6761 has it; the
 * resolvers of many machines know `localhost` alone.
 */
export function resolveNamesBelowLocalhost(): void {
  const ordinary = dns.lookup;
  const local = (host: string) => (host.endsWith('.localhost') && isIP(host) === 0 ? '127.0.0.1' : host);
  dns.lookup = new Proxy(ordinary, {
    apply: (lookup, self, [host, ...rest]: [string, ...unknown[]]) =>
      Reflect.apply(lookup, self, [local(host), ...rest]),
  });
}
