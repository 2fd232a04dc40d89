import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The note that the installation was set up; none or one row. */
@Entity('dify_setups')
export class DifySetupEntity {
  /** Version whose APIs were spoken then. */
  @PrimaryColumn('varchar', { length: 255 }) version: string;
  @Column('timestamptz') setupAt: Date;
}
