import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file of a message, the user's or the assistant's (contract console-apps 19.2). */
@Entity('message_files')
@Index('message_file_message_idx', ['messageId'])
@Index('message_file_upload_idx', ['tenantId', 'uploadFileId'])
export class MessageFileEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  @Column('uuid') messageId: string;
  /** `image`, `document`, `audio`, `video` or `custom`. */
  @Column('varchar', { length: 255 }) type: string;
  /** `local_file`, `remote_url`, `tool_file` or `datasource_file`. */
  @Column('varchar', { length: 255 }) transferMethod: string;
  /** Of files by address. */
  @Column('text', { nullable: true }) url: string | null;
  /** `user` or `assistant`. */
  @Column('varchar', { length: 255, nullable: true }) belongsTo: string | null;
  /** The upload or tool file behind it. */
  @Column('uuid', { nullable: true }) uploadFileId: string | null;
  /** Name of the file, kept here so that a list of messages asks no other table. */
  @Column('varchar', { length: 255, default: '' }) name: string;
  /** With its dot; "" when the name has none. */
  @Column('varchar', { length: 255, default: '' }) extension: string;
  @Column('varchar', { length: 255, default: '' }) mimeType: string;
  /** Bytes; -1 when unknown. */
  @Column('int', { default: -1 }) size: number;
  /** `account` or `end_user`. */
  @Column('varchar', { length: 255 }) createdByRole: string;
  @Column('uuid') createdBy: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
