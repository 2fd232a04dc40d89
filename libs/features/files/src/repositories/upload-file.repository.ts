import { Injectable } from '@nestjs/common';
import { Sql } from '#platform/database';
import type { UploadFile } from '../upload-file.js';

interface Row {
  id: string;
  tenant_id: string;
  key: string;
  name: string;
  size: number;
  extension: string;
  mime_type: string | null;
  created_by_role: UploadFile['createdByRole'];
  created_by: string;
  created_at: Date;
}

/** A file as it is written: with what only the row keeps. */
export interface NewUploadFile extends UploadFile {
  storageType: string;
  /** SHA3-256, hexadecimal. */
  hash: string;
  /** "" for uploads. */
  sourceUrl: string;
}

const COLUMNS = 'id, tenant_id, key, name, size, extension, mime_type, created_by_role, created_by, created_at';

/** Rows of `upload_files`. */
@Injectable()
export class UploadFileRepository {
  constructor(private readonly sql: Sql) {}

  async insert(file: NewUploadFile): Promise<void> {
    await this.sql.run(
      `insert into upload_files (id, tenant_id, storage_type, key, name, size, extension, mime_type, created_by_role, created_by, created_at, hash, source_url)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        file.id,
        file.tenantId,
        file.storageType,
        file.key,
        file.name,
        file.size,
        file.extension,
        file.mimeType,
        file.createdByRole,
        file.createdBy,
        file.createdAt,
        file.hash,
        file.sourceUrl,
      ],
    );
  }

  /** Files of a workspace by their ids, in no particular order; unknown ids are left out. */
  async findMany(tenantId: string, ids: readonly string[]): Promise<UploadFile[]> {
    if (ids.length === 0) return [];
    const rows = await this.sql.rows<Row>(`select ${COLUMNS} from upload_files where tenant_id = $1 and id = any($2::uuid[])`, [
      tenantId,
      ids,
    ]);
    return rows.map(fromRow);
  }

  /** Some files of a workspace. */
  async some(tenantId: string, limit: number): Promise<UploadFile[]> {
    return (await this.sql.rows<Row>(`select ${COLUMNS} from upload_files where tenant_id = $1 limit $2`, [tenantId, limit])).map(fromRow);
  }

  async deleteMany(tenantId: string, ids: readonly string[]): Promise<void> {
    await this.sql.run('delete from upload_files where tenant_id = $1 and id = any($2::uuid[])', [tenantId, ids]);
  }

  /** A file that a signed link names: the signature, which names the workspace too, is checked against what is found. */
  async findBySignedId(id: string): Promise<UploadFile | null> {
    const row = await this.sql.row<Row>(`select ${COLUMNS} from upload_files where id = $1`, [id]);
    return row === null ? null : fromRow(row);
  }
}

function fromRow(row: Row): UploadFile {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    key: row.key,
    name: row.name,
    size: row.size,
    extension: row.extension,
    mimeType: row.mime_type ?? 'application/octet-stream',
    createdByRole: row.created_by_role,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}
