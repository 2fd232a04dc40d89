import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonText } from './json-text.js';

const json = { nullable: true, transformer: jsonText } as const;

/** One saved configuration of an app. Never changed: a save adds a row, and conversations keep the one they began with. */
@Entity('app_model_configs')
@Index('app_model_config_tenant_app_idx', ['tenantId', 'appId'])
export class AppModelConfigEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  @Column('text', { nullable: true }) openingStatement: string | null;
  @Column('text', json) suggestedQuestions: unknown;
  @Column('text', json) suggestedQuestionsAfterAnswer: unknown;
  @Column('text', json) speechToText: unknown;
  @Column('text', json) textToSpeech: unknown;
  @Column('text', json) retrieverResource: unknown;
  @Column('text', json) moreLikeThis: unknown;
  @Column('text', json) sensitiveWordAvoidance: unknown;
  @Column('text', json) externalDataTools: unknown;
  @Column('text', json) model: unknown;
  @Column('text', json) userInputForm: unknown;
  @Column('text', { nullable: true }) datasetQueryVariable: string | null;
  @Column('text', { nullable: true }) prePrompt: string | null;
  @Column('text', json) agentMode: unknown;
  @Column('text', { nullable: true }) promptType: string | null;
  @Column('text', json) chatPromptConfig: unknown;
  @Column('text', json) completionPromptConfig: unknown;
  @Column('text', json) datasetConfigs: unknown;
  @Column('text', json) fileUpload: unknown;
  @Column('uuid', { nullable: true }) createdBy: string | null;
  @Column('timestamptz') createdAt: Date;
  @Column('uuid', { nullable: true }) updatedBy: string | null;
  @Column('timestamptz') updatedAt: Date;
}
