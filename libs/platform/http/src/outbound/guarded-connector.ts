import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isAddressAllowed } from './address-rules.js';
import type { EgressAllow } from './egress-allow.js';
import type { EgressPolicy } from './egress-policy.js';
import { EgressDeniedError } from './outbound.errors.js';

/** Resolves a host to all its addresses. */
export type Resolve = (host: string, done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;

const systemResolve: Resolve = (host, done) => systemLookup(host, { all: true, verbatim: true }, done);

/** What a guarded connector needs to know. */
export interface ConnectorOptions {
  policy: EgressPolicy;
  allow: EgressAllow;
  connectTimeoutMs: number;
  /** Default: the system's resolver. */
  resolve?: Resolve;
  /** Default true. */
  verifyTls?: boolean;
}

/**
 * Opens connections to allowed addresses only. The check stands between resolving and connecting, on the very addresses that
 * are connected to, so that a changing DNS answer or a redirect can't pass it; literals never reach a resolver and are checked here.
 */
export function guardedConnector({
  policy,
  allow,
  connectTimeoutMs,
  resolve = systemResolve,
  verifyTls = true,
}: ConnectorOptions): buildConnector.connector {
  const connectors = new Map<number, buildConnector.connector>();
  const isAllowed = (address: string, port: number): boolean => isAddressAllowed(address, policy) || allow.allowsAddress(address, port);
  const connectorOf = (port: number): buildConnector.connector => {
    let connector = connectors.get(port);
    if (!connector) {
      const lookup = guardedLookup(resolve, (host, address) => allow.allowsHost(host, port) || isAllowed(address, port), policy);
      connectors.set(
        port,
        (connector = buildConnector({ timeout: connectTimeoutMs, autoSelectFamily: true, lookup, rejectUnauthorized: verifyTls })),
      );
    }
    return connector;
  };
  return (options, done) => {
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !isAllowed(host, port)) done(new EgressDeniedError(host, policy), null);
    else connectorOf(port)(options, done);
  };
}

/** All addresses of a host, or an error when one of them is closed: an attacker could mix one good address in. */
function guardedLookup(resolve: Resolve, isAllowed: (host: string, address: string) => boolean, policy: EgressPolicy): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      if (error) {
        done(error, []);
        return;
      }
      const wanted = options.family === 4 || options.family === 6 ? addresses.filter(({ family }) => family === options.family) : addresses;
      const closed = addresses.find(({ address }) => !isAllowed(host, address));
      const [first] = wanted;
      if (closed) done(new EgressDeniedError(`${closed.address} (${host})`, policy), []);
      else if (!first) done(Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' }), []);
      else if (options.all) done(null, wanted);
      else done(null, first.address, first.family);
    });
  };
}
