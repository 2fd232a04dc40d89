import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A process that executes runs; dead when its heartbeat is older than the lease. */
@Entity('process_instances')
export class ProcessInstanceEntity {
  @PrimaryColumn('uuid') id: string;
  /** all, api or worker. */
  @Column('varchar', { length: 16 }) role: string;
  @Column('varchar', { length: 255 }) host: string;
  @Column('int') pid: number;
  @Column('timestamptz', { default: () => 'now()' }) startedAt: Date;
  /** On the database's clock. */
  @Column('timestamptz', { default: () => 'now()' }) heartbeatAt: Date;
  /** Since when its heartbeats came without a gap, on the database's clock. */
  @Column('timestamptz', { default: () => 'now()' }) steadySince: Date;
}
