import ipaddr from 'ipaddr.js';

type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number];

interface Entry {
  cidr: Cidr | null;
  host: string | null;
  port: number | null;
}

const HOST_PORT = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/;

/** The exceptions of EGRESS_ALLOW: CIDR, address, host, host:port, address:port. */
export class EgressAllow {
  private readonly entries: readonly Entry[];

  /** Throws an Error that names the entry which can't be read. */
  constructor(settings: readonly string[]) {
    this.entries = settings.map(parseEntry);
  }

  /** Whether a host is allowed by name, whatever it resolves to. */
  allowsHost(host: string, port: number): boolean {
    const name = normal(host);
    return this.entries.some((entry) => entry.host === name && (entry.port === null || entry.port === port));
  }

  /** Whether an address is allowed. */
  allowsAddress(text: string, port: number): boolean {
    if (this.entries.length === 0 || !ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return this.entries.some(
      ({ cidr, port: only }) =>
        cidr !== null && (only === null || only === port) && address.kind() === cidr[0].kind() && (address as ipaddr.IPv4).match(cidr),
    );
  }
}

const normal = (host: string): string => host.toLowerCase().replace(/\.$/, '');

function parseEntry(setting: string): Entry {
  if (setting.includes('/')) {
    if (ipaddr.isValidCIDR(setting)) return { cidr: ipaddr.parseCIDR(setting), host: null, port: null };
    throw new Error(`EGRESS_ALLOW: ${setting} is no CIDR, host or host:port`);
  }
  const [, bracketed, plain, digits] = HOST_PORT.exec(setting) ?? [];
  const host = bracketed ?? plain ?? setting.replace(/^\[|\]$/g, '');
  const port = digits === undefined ? null : Number(digits);
  if (ipaddr.isValid(host)) {
    const address = ipaddr.process(host);
    return { cidr: [address, address.kind() === 'ipv4' ? 32 : 128], host: null, port };
  }
  if (!/^[\w.-]+$/.test(host) || (port !== null && port > 65_535))
    throw new Error(`EGRESS_ALLOW: ${setting} is no CIDR, host or host:port`);
  return { cidr: null, host: normal(host), port };
}
