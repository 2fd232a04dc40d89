import { InvokeBadRequestError, InvokeRateLimitError } from '#engines/model-runtime';
import { MemoryBus } from '#platform/bus';
import { EditionConfig } from '#platform/config';
import { INHERITED_ENTRY } from '../models.constants.js';
import { emptyConfiguration, type BalancingEntry, type ProviderConfiguration } from '../provider-configuration.js';
import { LoadBalancer } from './load-balancer.js';

const MODEL = { model: 'm', modelType: 'llm' } as const;

function entry(id: string, changes: Partial<BalancingEntry> = {}): BalancingEntry {
  return { id, name: id, ...MODEL, encryptedConfig: '{}', credentialId: null, source: null, enabled: true, version: '1', ...changes };
}

function configuration(balancing: BalancingEntry[], loadBalancingEnabled = true): ProviderConfiguration {
  return { ...emptyConfiguration('a/b/c'), balancing, settings: [{ ...MODEL, enabled: true, loadBalancingEnabled }] };
}

async function balancer(isOn = true): Promise<LoadBalancer> {
  const made = new LoadBalancer(new MemoryBus(), Object.assign(new EditionConfig(), { modelLoadBalancing: isOn }));
  await made.onModuleInit();
  return made;
}

const idsOf = (entries: BalancingEntry[] | null) => entries?.map(({ id }) => id);

describe('LoadBalancer', () => {
  it('should take turns among the entries', async () => {
    const lb = await balancer();
    const config = configuration([entry('a'), entry('b')]);

    expect([idsOf(lb.order('t', config, MODEL)), idsOf(lb.order('t', config, MODEL)), idsOf(lb.order('t', config, MODEL))]).toEqual([
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'b'],
    ]);
  });

  it('should leave out what is disabled and an inherited entry without a credential, and not balance a single one', async () => {
    const lb = await balancer();

    expect(
      lb.order(
        't',
        configuration([entry('a'), entry('b', { enabled: false }), entry('i', { name: INHERITED_ENTRY, encryptedConfig: null })]),
        MODEL,
      ),
    ).toBeNull();
  });

  it.each([
    ['by the installation', false, true],
    ['for the model', true, false],
  ])('should not balance when it is off %s', async (_where, installation, model) => {
    const lb = await balancer(installation);

    expect(lb.order('t', configuration([entry('a'), entry('b')], model), MODEL)).toBeNull();
  });

  it('should let an entry cool down after a rate limit and tell how long', async () => {
    const lb = await balancer();
    const [a, b] = [entry('a'), entry('b')];

    expect(await lb.failed(a, new InvokeRateLimitError({ message: 'slow down' }))).toBe(true);

    expect(lb.secondsLeft('a')).toBeGreaterThan(50);
    expect(idsOf(lb.order('t', configuration([a, b]), MODEL))).toEqual(['b']);
  });

  it('should not try another entry after an error of the request', async () => {
    const lb = await balancer();

    expect(await lb.failed(entry('a'), new InvokeBadRequestError({ message: 'no' }))).toBe(false);
    expect(lb.secondsLeft('a')).toBe(0);
  });
});
