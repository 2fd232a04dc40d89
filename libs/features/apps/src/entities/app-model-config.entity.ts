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
  @Column('text', json) suggestedQuestions: object | null;
  @Column('text', json) suggestedQuestionsAfterAnswer: object | null;
  @Column('text', json) speechToText: object | null;
  @Column('text', json) textToSpeech: object | null;
  @Column('text', json) retrieverResource: object | null;
  @Column('text', json) moreLikeThis: object | null;
  @Column('text', json) sensitiveWordAvoidance: object | null;
  @Column('text', json) externalDataTools: object | null;
  @Column('text', json) model: object | null;
  @Column('text', json) userInputForm: object | null;
  @Column('text', { nullable: true }) datasetQueryVariable: string | null;
  @Column('text', { nullable: true }) prePrompt: string | null;
  @Column('text', json) agentMode: object | null;
  @Column('text', { nullable: true }) promptType: string | null;
  @Column('text', json) chatPromptConfig: object | null;
  @Column('text', json) completionPromptConfig: object | null;
  @Column('text', json) datasetConfigs: object | null;
  @Column('text', json) fileUpload: object | null;
  @Column('uuid', { nullable: true }) createdBy: string | null;
  @Column('timestamptz') createdAt: Date;
  @Column('uuid', { nullable: true }) updatedBy: string | null;
  @Column('timestamptz') updatedAt: Date;
}
