import { IsString, MaxLength } from 'class-validator';

/** The workspace to work in. */
export class SwitchWorkspaceRequest {
  /** Id of the workspace. @example 01935c1e-7b9a-7000-8000-000000000002 */
  @IsString()
  @MaxLength(255)
  tenant_id: string;
}
