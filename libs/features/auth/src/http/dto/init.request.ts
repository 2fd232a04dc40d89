import { IsString, MaxLength } from 'class-validator';

/** The init password of the installation. */
export class InitRequest {
  /** Value of INIT_PASSWORD. @example change-me-first */
  @IsString()
  @MaxLength(30)
  password: string;
}
