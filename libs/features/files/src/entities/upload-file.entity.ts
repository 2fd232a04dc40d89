import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file that somebody uploaded, or that was fetched for him; its bytes are in the file storage (contract console-apps 19.2). */
@Entity('upload_files')
@Index('upload_file_tenant_idx', ['tenantId'])
export class UploadFileEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Kind of storage that holds the bytes: `local`, `s3`, ... */
  @Column('varchar', { length: 255 }) storageType: string;
  /** Where the bytes are: `upload_files/<workspace>/<uuid>.<extension>`. */
  @Column('varchar', { length: 255 }) key: string;
  @Column('varchar', { length: 255 }) name: string;
  /** Bytes. */
  @Column('int') size: number;
  /** Lower case, without a dot; "" when the name has none. */
  @Column('varchar', { length: 255 }) extension: string;
  /** By content where the content tells, else as the uploader said. */
  @Column('varchar', { length: 255, nullable: true }) mimeType: string | null;
  /** `account` or `end_user`. */
  @Column('varchar', { length: 255, default: 'account' }) createdByRole: string;
  @Column('uuid') createdBy: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('boolean', { default: false }) used: boolean;
  @Column('uuid', { nullable: true }) usedBy: string | null;
  @Column('timestamptz', { nullable: true }) usedAt: Date | null;
  /** SHA3-256, hexadecimal. */
  @Column('varchar', { length: 255, nullable: true }) hash: string | null;
  /** Where it was fetched from; "" for uploads. */
  @Column('text', { default: '' }) sourceUrl: string;
}
