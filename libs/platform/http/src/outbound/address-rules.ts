import ipaddr from 'ipaddr.js';
import type { EgressPolicy } from './egress-policy.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Services that hand out credentials of the machine, in every cloud that has one outside of the link-local ranges. */
const METADATA = ['100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32', 'fd00:ec2::254/128', 'fd20:ce::254/128'].map((cidr) =>
  ipaddr.parseCIDR(cidr),
);
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];
const NAT64 = ['64:ff9b::/96', '64:ff9b:1::/48'].map((cidr) => ipaddr.parseCIDR(cidr) as [ipaddr.IPv6, number]);
const V4_COMPATIBLE = ipaddr.parseCIDR('::/96') as [ipaddr.IPv6, number];

const MODEL_RANGES = new Set(['unicast', 'private', 'loopback', 'uniqueLocal', 'carrierGradeNat', 'unspecified']);

/** Whether a policy lets a connection to an address through. Addresses within others (mapped, NAT64) count as what they hold. */
export function isAddressAllowed(text: string, policy: EgressPolicy): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (isMetadata(address)) return false;
  return policy === 'public' ? isPublic(address) : isReachableModel(address);
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST_V6);
}

function isReachableModel(address: Address): boolean {
  if (address instanceof ipaddr.IPv6) {
    const isLoopbackOrNone = ['loopback', 'unspecified'].includes(address.range());
    if (NAT64.some((block) => address.match(block)) || (address.match(V4_COMPATIBLE) && !isLoopbackOrNone))
      return isAddressAllowed(embeddedV4(address), 'model');
  }
  return MODEL_RANGES.has(address.range());
}

function isMetadata(address: Address): boolean {
  return METADATA.some(([base, bits]) => address.kind() === base.kind() && (address as ipaddr.IPv4).match(base, bits));
}

const embeddedV4 = (address: ipaddr.IPv6): string => address.toByteArray().slice(12).join('.');
