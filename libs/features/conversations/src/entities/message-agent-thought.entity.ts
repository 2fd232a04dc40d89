import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One round of an agent on its way to an answer (contract console-apps 19.2). */
@Entity('message_agent_thoughts')
@Index('message_agent_thought_message_id_idx', ['messageId'])
export class MessageAgentThoughtEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') messageId: string;
  @Column('uuid', { nullable: true }) messageChainId: string | null;
  /** From 1. */
  @Column('int') position: number;
  @Column('text', { nullable: true }) thought: string | null;
  /** Names joined by `;`. */
  @Column('text', { nullable: true }) tool: string | null;
  /** JSON by tool name. */
  @Column('text', { default: '{}' }) toolLabelsStr: string;
  /** JSON by tool name. */
  @Column('text', { default: '{}' }) toolMetaStr: string;
  @Column('text', { nullable: true }) toolInput: string | null;
  @Column('text', { nullable: true }) observation: string | null;
  @Column('text', { nullable: true }) toolProcessData: string | null;
  @Column('text', { nullable: true }) message: string | null;
  @Column('int', { nullable: true }) messageToken: number | null;
  @Column('numeric', { nullable: true }) messageUnitPrice: string | null;
  @Column('numeric', { default: () => '0.001' }) messagePriceUnit: string;
  /** JSON list of ids. */
  @Column('text', { nullable: true }) messageFiles: string | null;
  @Column('text', { nullable: true }) answer: string | null;
  @Column('int', { nullable: true }) answerToken: number | null;
  @Column('numeric', { nullable: true }) answerUnitPrice: string | null;
  @Column('numeric', { default: () => '0.001' }) answerPriceUnit: string;
  @Column('int', { nullable: true }) tokens: number | null;
  @Column('numeric', { nullable: true }) totalPrice: string | null;
  @Column('varchar', { nullable: true }) currency: string | null;
  /** Unit: seconds. */
  @Column('float8', { nullable: true }) latency: number | null;
  /** `account` or `end_user`. */
  @Column('varchar') createdByRole: string;
  @Column('uuid') createdBy: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
