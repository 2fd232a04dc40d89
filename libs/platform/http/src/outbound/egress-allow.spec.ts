import { EgressAllow } from './egress-allow.js';

describe('EgressAllow', () => {
  const allow = new EgressAllow([
    '10.0.0.0/8',
    'Intranet.example',
    'models.example:8080',
    '192.168.1.5',
    '192.168.1.6:99',
    '[fd00::1]:9000',
    'fd01::/16',
  ]);

  it.each([
    ['10.9.9.9', 1, true],
    ['::ffff:10.9.9.9', 1, true],
    ['11.0.0.1', 1, false],
    ['192.168.1.5', 1234, true],
    ['192.168.1.6', 99, true],
    ['192.168.1.6', 98, false],
    ['fd00::1', 9000, true],
    ['fd00::1', 9001, false],
    ['fd01::5', 1, true],
    ['no address', 1, false],
  ])('should judge address %s port %i: %s', (address, port, expected) => {
    expect(allow.allowsAddress(address, port)).toBe(expected);
  });

  it.each([
    ['intranet.example', 1, true],
    ['INTRANET.example.', 1, true],
    ['sub.intranet.example', 1, false],
    ['models.example', 8080, true],
    ['models.example', 80, false],
  ])('should judge host %s port %i: %s', (host, port, expected) => {
    expect(allow.allowsHost(host, port)).toBe(expected);
  });

  it.each(['10.0.0.0/99', 'a b', 'host:99999', 'http://x'])('should name the entry %s that it can not read', (entry) => {
    expect(() => new EgressAllow([entry])).toThrow(entry);
  });
});
