import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One turn: what was asked and what was answered. Written by the run path only; partitioned by id, a month each
 * (contract console-apps 19.2).
 */
@Entity('messages')
@Index('message_conversation_id_idx', ['conversationId', 'createdAt', 'id'])
@Index('message_app_id_idx', ['tenantId', 'appId', 'createdAt'])
export class MessageEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  @Column('uuid') conversationId: string;
  @Column('varchar', { length: 255, nullable: true }) modelProvider: string | null;
  @Column('varchar', { length: 255, nullable: true }) modelId: string | null;
  /** JSON of an unsaved configuration that the console's debugger sent. */
  @Column('text', { nullable: true }) overrideModelConfigs: string | null;
  /** JSON by variable name. */
  @Column('text') inputs: string;
  @Column('text') query: string;
  /** JSON of the prompt as it was sent; `""` until it is known. */
  @Column('text', { default: '""' }) message: string;
  @Column('int', { default: 0 }) messageTokens: number;
  /** Price of `1 / message_price_unit` tokens of the prompt. */
  @Column('numeric', { default: 0 }) messageUnitPrice: string;
  @Column('numeric', { default: () => '0.001' }) messagePriceUnit: string;
  /** Trimmed; what there was when the run ended early. */
  @Column('text', { default: '' }) answer: string;
  @Column('int', { default: 0 }) answerTokens: number;
  @Column('numeric', { default: 0 }) answerUnitPrice: string;
  @Column('numeric', { default: () => '0.001' }) answerPriceUnit: string;
  /** The turn before it, the nil UUID for the one that came before in time, null for a first one. */
  @Column('uuid', { nullable: true }) parentMessageId: string | null;
  /** Unit: seconds. */
  @Column('float8', { default: 0 }) providerResponseLatency: number;
  @Column('numeric', { nullable: true }) totalPrice: string | null;
  @Column('varchar', { length: 255, default: 'USD' }) currency: string;
  /** `normal`, `paused` or `error`. */
  @Column('varchar', { length: 255, default: 'normal' }) status: string;
  /** Why it failed. */
  @Column('text', { nullable: true }) error: string | null;
  /** JSON: usage, retriever resources, annotation reply. */
  @Column('text', { nullable: true }) messageMetadata: string | null;
  @Column('varchar', { length: 255, nullable: true }) invokeFrom: string | null;
  /** `api`: an end user's; `console`: a member's. */
  @Column('varchar', { length: 255 }) fromSource: string;
  @Column('uuid', { nullable: true }) fromEndUserId: string | null;
  @Column('uuid', { nullable: true }) fromAccountId: string | null;
  @Column('boolean', { default: false }) agentBased: boolean;
  @Column('uuid', { nullable: true }) workflowRunId: string | null;
  @Column('varchar', { length: 255, nullable: true }) appMode: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt: Date;
}
