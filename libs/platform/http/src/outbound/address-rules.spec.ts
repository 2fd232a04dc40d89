import { isAddressAllowed } from './address-rules.js';

/** address, allowed by `public`, allowed by `model` */
const CASES: readonly (readonly [string, boolean, boolean])[] = [
  ['93.184.216.34', true, true],
  ['2606:4700:4700::1111', true, true],
  ['127.0.0.1', false, true],
  ['127.255.255.254', false, true],
  ['10.1.2.3', false, true],
  ['172.16.0.1', false, true],
  ['172.32.0.1', true, true],
  ['192.168.1.1', false, true],
  ['100.64.0.1', false, true],
  ['0.0.0.0', false, true],
  ['::1', false, true],
  ['::', false, true],
  ['fd12:3456::1', false, true],
  ['169.254.0.1', false, false],
  ['169.254.169.254', false, false],
  ['fe80::1', false, false],
  ['fe80::1%eth0', false, false],
  ['100.100.100.200', false, false],
  ['168.63.129.16', false, false],
  ['192.0.0.192', false, false],
  ['fd00:ec2::254', false, false],
  ['224.0.0.1', false, false],
  ['255.255.255.255', false, false],
  ['240.0.0.1', false, false],
  ['192.0.2.1', false, false],
  ['198.18.0.1', false, false],
  ['ff02::1', false, false],
  ['::ffff:127.0.0.1', false, true],
  ['::ffff:7f00:1', false, true],
  ['::ffff:169.254.169.254', false, false],
  ['::ffff:93.184.216.34', true, true],
  ['64:ff9b::a9fe:a9fe', false, false],
  ['64:ff9b::7f00:1', false, true],
  ['64:ff9b::5db8:d822', false, true],
  ['64:ff9b:1::a9fe:a9fe', false, false],
  ['::169.254.169.254', false, false],
  ['::127.0.0.1', false, true],
  ['2002:7f00:1::', false, false],
  ['2001:0:4136:e378::', false, false],
  ['2001:db8::1', false, false],
  ['fec0::1', false, false],
  ['localhost', false, false],
  ['', false, false],
];

describe('isAddressAllowed', () => {
  it.each(CASES)('should judge %s: public %s, model %s', (address, isPublic, isModel) => {
    expect([isAddressAllowed(address, 'public'), isAddressAllowed(address, 'model')]).toEqual([isPublic, isModel]);
  });
});
