import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { uuidv7 } from '#common';
import { WorkspaceDeletionService, WorkspacePurge } from '#features/workspaces';
import { Sql } from '#platform/database';
import { KeyStore } from '#platform/key-store';
import { FileStorage } from '#platform/storage';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { PASSWORD, secondWorkspace, setUp, startApi, stopApi, tenantIdOf } from '../../support/api-app.js';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { fillTables, rowsOf, tenantTables } from '../../support/tenant-tables.js';

const EMAIL = 'owner@b.example';

describeEachDatabase(
  'deleting a workspace',
  (ctx) => {
    let app: NestFastifyApplication;
    let sql: Sql;
    let tables: string[];
    let kept: { id: string; rows: Record<string, string[]>; files: string[] };
    let gone: { id: string; client: ConsoleClient };

    const get = <T>(type: abstract new (...args: never[]) => T): T => app.get(type, { strict: false });
    const remove = (tenantId: string) => get(WorkspaceDeletionService).delete(tenantId);
    const finish = (tenantId: string) => get(WorkspaceDeletionService).finish(tenantId, new AbortController().signal);
    const workspaces = () => sql.rows<{ id: string; status: string }>('select id, status from tenants order by id');
    const filesOf = (tenantId: string): string[] => {
      const all = readdirSync(join(ctx.dataDir, 'storage'), { recursive: true, withFileTypes: true });
      return all.filter((entry) => entry.isFile() && entry.parentPath.includes(tenantId)).map(({ name }) => name);
    };
    const upload = async (tenantId: string): Promise<void> => {
      const id = uuidv7();
      const key = `upload_files/${tenantId}/${id}.txt`;
      await get(FileStorage).put(key, Buffer.from('text'));
      await sql.run(
        `insert into upload_files (id, tenant_id, storage_type, key, name, size, extension, created_by_role, created_by, created_at, hash, source_url)
         values ($1, $2, 'local', $3, 'a.txt', 4, 'txt', 'account', $1, now(), 'x', '')`,
        [id, tenantId, key],
      );
    };

    beforeAll(async () => {
      app = await startApi({ ...ctx.env, DEMO: 'false', CACHE_TTL_SECONDS: '1' });
      sql = get(Sql);
      tables = await tenantTables(sql);
      kept = { id: await tenantIdOf(await setUp(app)), rows: {}, files: [] };
      const client = await secondWorkspace(app, EMAIL);
      gone = { id: await tenantIdOf(client), client };
      for (const { id } of [kept, gone]) {
        await upload(id);
        await fillTables(
          sql,
          tables.filter((table) => table !== 'upload_files'),
          id,
        );
      }
      kept = { ...kept, rows: await rowsOf(sql, tables, kept.id), files: filesOf(kept.id) };
    });
    afterAll(() => stopApi(app));

    it('should begin with rows of both workspaces in every table that knows workspaces', async () => {
      const rows = await rowsOf(sql, tables, gone.id);

      expect(tables.length).toBeGreaterThan(20);
      expect(Object.values(rows).every((found) => found.length > 0)).toBe(true);
      expect(filesOf(gone.id)).toHaveLength(1);
      expect(await get(KeyStore).read(gone.id)).toContain('PRIVATE KEY');
    });

    it('should go on where it was interrupted', async () => {
      await sql.run("update tenants set status = 'archive' where id = $1", [gone.id]);
      vi.spyOn(get(FileStorage), 'delete').mockRejectedValueOnce(new Error('storage is away'));

      await expect(finish(gone.id)).rejects.toThrow('storage is away');

      expect((await rowsOf(sql, tables, gone.id)).upload_files).toHaveLength(1);
      expect(await workspaces()).toHaveLength(2);
      await sql.run("update tenants set status = 'normal' where id = $1", [gone.id]);
      await fillTables(
        sql,
        tables.filter((table) => table !== 'upload_files' && table !== 'tenant_account_joins'),
        gone.id,
      );
    });

    it('should leave a workspace alone that is in use', async () => {
      await finish(kept.id);

      expect(await rowsOf(sql, tables, kept.id)).toEqual(kept.rows);
    });

    it('should take members out at once', async () => {
      await remove(gone.id);

      expect((await gone.client.post('/workspaces/current', {})).status).toBe(401);
      expect((await new ConsoleClient(app).login(EMAIL, PASSWORD)).body).not.toMatchObject({ result: 'success' });
      expect((await rowsOf(sql, tables, gone.id)).tenant_account_joins).toEqual([]);
    });

    it('should remove rows, files and the private key by a job, and touch no other workspace', async () => {
      await expect.poll(workspaces, { timeout: 30_000 }).toEqual([{ id: kept.id, status: 'normal' }]);

      expect(await rowsOf(sql, tables, gone.id)).toEqual(Object.fromEntries(tables.map((table) => [table, []])));
      expect(filesOf(gone.id)).toEqual([]);
      expect(await get(KeyStore).read(gone.id)).toBeNull();
      expect(await rowsOf(sql, tables, kept.id)).toEqual(kept.rows);
      expect(filesOf(kept.id)).toEqual(kept.files);
      expect(await get(KeyStore).read(kept.id)).toContain('PRIVATE KEY');
    });

    it('should do it again without harm', async () => {
      await finish(gone.id);

      expect(await rowsOf(sql, tables, kept.id)).toEqual(kept.rows);
    });

    it('should remove more rows than one batch holds', async () => {
      const tenantId = uuidv7();
      await sql.run(
        `insert into message_files (id, tenant_id, app_id, message_id, type, transfer_method, created_by_role, created_by, created_at)
         select gen_random_uuid(), $1, $1, gen_random_uuid(), 'image', 'local_file', 'account', gen_random_uuid(), now() from generate_series(1, 2500)`,
        [tenantId],
      );

      await get(WorkspacePurge).purge(tenantId, new AbortController().signal);

      expect((await rowsOf(sql, ['message_files'], tenantId)).message_files).toEqual([]);
    });

    it('should stop when the job is told to', async () => {
      await expect(get(WorkspacePurge).purge(uuidv7(), AbortSignal.abort(new Error('told to stop')))).rejects.toThrow('told to stop');
    });

    it('should refuse an unknown workspace and that of the demo', async () => {
      await expect(remove(uuidv7())).rejects.toMatchObject({ code: 'workspace_not_found', status: 404 });
      await sql.run('update tenants set is_system = true where id = $1', [kept.id]);

      await expect(remove(kept.id)).rejects.toMatchObject({ code: 'workspace_of_the_system', status: 400 });
    });
  },
  { connect: false, preparers },
);
