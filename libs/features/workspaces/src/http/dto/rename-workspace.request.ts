import { IsString, Length } from 'class-validator';

/** The new name of the current workspace. */
export class RenameWorkspaceRequest {
  /** Name, 1 to 255 characters. @example "Ada's Workspace" */
  @IsString()
  @Length(1, 255)
  name: string;
}
