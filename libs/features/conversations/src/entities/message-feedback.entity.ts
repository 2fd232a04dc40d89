import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What somebody thinks of an answer; at most one a person (contract console-apps 19.2). */
@Entity('message_feedbacks')
@Index('message_feedback_end_user_unique', ['tenantId', 'messageId', 'fromEndUserId'], { unique: true, where: `from_source = 'user'` })
@Index('message_feedback_admin_unique', ['tenantId', 'messageId'], { unique: true, where: `from_source = 'admin'` })
@Index('message_feedback_app_idx', ['tenantId', 'appId', 'createdAt'])
@Index('message_feedback_conversation_idx', ['conversationId', 'fromSource', 'rating'])
export class MessageFeedbackEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  @Column('uuid') conversationId: string;
  @Column('uuid') messageId: string;
  /** `like` or `dislike`. */
  @Column('varchar', { length: 255 }) rating: string;
  @Column('text', { nullable: true }) content: string | null;
  /** `user`: whoever chatted; `admin`: a member who reads the logs. */
  @Column('varchar', { length: 255 }) fromSource: string;
  @Column('uuid', { nullable: true }) fromEndUserId: string | null;
  @Column('uuid', { nullable: true }) fromAccountId: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt: Date;
}
