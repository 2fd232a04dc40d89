import { AbortSwitch } from '#common';
import { RunRegistry } from './run-registry.js';

function registered(registry: RunRegistry, id: string, appId = 'app', fence = 1): AbortSwitch {
  const signal = new AbortSwitch();
  registry.add({ id, tenantId: 'tenant', appId, principal: 'account:me', fence, signal, deadline: 1000 });
  return signal;
}

describe('RunRegistry', () => {
  it('should abort a run once, with the first reason', () => {
    const registry = new RunRegistry();
    const signal = registered(registry, 'a');

    expect(registry.abort('a', 'stopped')).toBe(true);
    registry.abortAll('shutdown');

    expect(signal.reason).toBe('stopped');
    expect(registry.abort('unknown', 'stopped')).toBe(false);
  });

  it('should abort runs whose time is over, and no others', () => {
    const registry = new RunRegistry();
    const signal = registered(registry, 'a');

    registry.abortLate(999);
    expect(signal.aborted).toBe(false);

    registry.abortLate(1000);
    expect(signal.reason).toBe('time_limit');
  });

  it('should count the runs of an app', () => {
    const registry = new RunRegistry();
    registered(registry, 'a');
    registered(registry, 'b');
    registered(registry, 'c', 'other');

    registry.remove('a', 1);
    registry.remove('a', 1);

    expect(registry.countOf('app')).toBe(1);
    expect(registry.countOf('other')).toBe(1);
    expect(registry.countOf('none')).toBe(0);
  });

  it('should keep a run that was adopted again when its work under the old fence ends', () => {
    const registry = new RunRegistry();
    registered(registry, 'a', 'app', 1);
    registered(registry, 'a', 'app', 3);

    registry.remove('a', 1);

    expect(registry.find('a')?.fence).toBe(3);
    expect(registry.countOf('app')).toBe(1);
  });

  it('should tell when the last run has ended', async () => {
    const registry = new RunRegistry();
    registered(registry, 'a');
    registered(registry, 'b');

    const drained = registry.drained(60_000);
    registry.remove('a', 1);
    registry.remove('b', 1);

    expect(await drained).toBe(true);
  });

  it('should give up waiting for runs that do not end', async () => {
    const registry = new RunRegistry();
    registered(registry, 'a');

    expect(await registry.drained(1)).toBe(false);
  });
});
