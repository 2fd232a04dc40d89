import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A conversation of a chat app, or the frame around one run of a completion app (contract console-apps 19.2). */
@Entity('conversations')
@Index('conversation_app_user_updated_idx', ['tenantId', 'appId', 'fromEndUserId', 'updatedAt'])
@Index('conversation_app_created_at_idx', ['tenantId', 'appId', 'createdAt'])
export class ConversationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  /** The configuration it began with and keeps; null for graph apps. */
  @Column('uuid', { nullable: true }) appModelConfigId: string | null;
  @Column('varchar', { length: 255, nullable: true }) modelProvider: string | null;
  @Column('varchar', { length: 255, nullable: true }) modelId: string | null;
  /** JSON of an unsaved configuration that the console's debugger sent; not null marks a debug conversation. */
  @Column('text', { nullable: true }) overrideModelConfigs: string | null;
  /** Mode of the app when it began. */
  @Column('varchar', { length: 255 }) mode: string;
  @Column('varchar', { length: 255 }) name: string;
  @Column('text', { nullable: true }) summary: string | null;
  /** JSON of the first turn's inputs. */
  @Column('text') inputs: string;
  /** The opening statement with its variables filled in. */
  @Column('text', { nullable: true }) introduction: string | null;
  @Column('text', { nullable: true }) systemInstruction: string | null;
  @Column('int', { default: 0 }) systemInstructionTokens: number;
  /** `normal`. */
  @Column('varchar', { length: 255, default: 'normal' }) status: string;
  /** `service-api`, `web-app`, `debugger`, `explore`, ... */
  @Column('varchar', { length: 255, nullable: true }) invokeFrom: string | null;
  /** `api`: an end user's; `console`: a member's. */
  @Column('varchar', { length: 255 }) fromSource: string;
  @Column('uuid', { nullable: true }) fromEndUserId: string | null;
  @Column('uuid', { nullable: true }) fromAccountId: string | null;
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
  @Column('uuid', { nullable: true }) readAccountId: string | null;
  /** Turns of a chatflow. */
  @Column('int', { default: 0 }) dialogueCount: number;
  @Column('boolean', { default: false }) isDeleted: boolean;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt: Date;
}
