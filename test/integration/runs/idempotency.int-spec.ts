import { NIL_UUID, uuidv7 } from '#common';
import { RunIdempotency } from '#features/runs';
import { RunIdempotencyRepository } from '../../../libs/features/runs/src/repositories/run-idempotency.repository.js';
import { RunRepository } from '../../../libs/features/runs/src/repositories/run.repository.js';
import { describeEachDatabase } from '../../support/databases.js';

describeEachDatabase('idempotency keys', (ctx) => {
  let idempotency: RunIdempotency;
  const scope = (key: string, principal = 'account:me') => ({ tenantId: NIL_UUID, appId: NIL_UUID, principal, key });
  const claim = (key: string, body: unknown, runId = uuidv7()) => idempotency.claim(scope(key), { runId, body });
  const begin = (id: string) =>
    ctx.sql.run(
      `insert into app_runs (id, tenant_id, app_id, mode, subject_id, principal, state, owner, fence, deadline)
       values ($1, $2, $2, 'chat', $1, 'account:me', 'running', $2, 1, now())`,
      [id, NIL_UUID],
    );

  beforeAll(() => {
    idempotency = new RunIdempotency(new RunIdempotencyRepository(ctx.sql), new RunRepository(ctx.sql));
  });

  it('should give a free key to the first run, and its run to the same body in any order of keys', async () => {
    const first = uuidv7();

    expect(await claim('k1', { a: 1, b: [{ c: 2, d: 3 }] }, first)).toBeNull();
    await begin(first);

    expect(await claim('k1', { b: [{ d: 3, c: 2 }], a: 1 })).toBe(first);
  });

  it('should refuse another body under the same key with 422', async () => {
    await claim('k2', { query: 'one' });

    await expect(claim('k2', { query: 'two' })).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('should keep the keys of principals apart', async () => {
    await claim('k3', { query: 'one' });

    expect(await idempotency.claim(scope('k3', 'account:other'), { runId: uuidv7(), body: { query: 'two' } })).toBeNull();
  });

  it('should let one of many requests at the same time begin, and give the others its run', async () => {
    const ids = Array.from({ length: 10 }, () => uuidv7());

    const answers = await Promise.all(
      ids.map(async (id) => {
        const earlier = await claim('k4', { query: 'same' }, id);
        if (earlier === null) await begin(id);
        return earlier;
      }),
    );

    const winner = ids[answers.indexOf(null)];
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer === winner)).toHaveLength(9);
  });

  it('should free a key whose run was refused', async () => {
    const refused = uuidv7();
    await claim('k5', { query: 'one' }, refused);

    await idempotency.release(scope('k5'), refused);

    expect(await claim('k5', { query: 'two' })).toBeNull();
  });

  it('should free a key whose process died between the claim and the start', async () => {
    await claim('k6', { query: 'one' });
    await ctx.sql.run("update run_idempotency set created_at = now() - interval '20 seconds' where idempotency_key = 'k6'");

    expect(await claim('k6', { query: 'one' })).toBeNull();
  });

  it('should free and forget a key after 24 hours', async () => {
    await claim('k7', { query: 'one' });
    await claim('k8', { query: 'one' });
    await ctx.sql.run("update run_idempotency set created_at = now() - interval '25 hours' where idempotency_key in ('k7', 'k8')");

    expect(await claim('k7', { query: 'two' })).toBeNull();
    expect(await idempotency.purgeExpired()).toBe(1);
  });

  it('should take a key of 255 characters', async () => {
    expect(await claim('k'.repeat(255), {})).toBeNull();
  });
});
