import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The ledger: one narrow row for every run of every mode (architecture, "The run path"). Partitioned by id. */
@Entity('app_runs')
@Index('app_runs_unfinished_idx', ['owner'], { where: 'finished_at is null' })
@Index('app_runs_subject_idx', ['subjectId'])
@Index('app_runs_active_idx', ['tenantId', 'appId'], { where: 'finished_at is null' })
export class AppRunEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  @Column('varchar', { length: 32 }) mode: string;
  /** The message or workflow run that the run fills. */
  @Column('uuid') subjectId: string;
  /** `end-user:<id>` or `account:<id>`. */
  @Column('varchar', { length: 64 }) principal: string;
  /** accepted, running, paused, finished. */
  @Column('varchar', { length: 16 }) state: string;
  /** succeeded, failed, stopped; null before the end. */
  @Column('varchar', { length: 16, nullable: true }) outcome: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  /** Row of `process_instances` that executes it. */
  @Column('uuid') owner: string;
  @Column('int') fence: number;
  @Column('timestamptz') deadline: Date;
  @Column('timestamptz', { nullable: true }) stopRequestedAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { nullable: true }) finishedAt: Date | null;
}
