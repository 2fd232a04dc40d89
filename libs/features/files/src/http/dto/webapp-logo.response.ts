/** A logo that was uploaded. */
export class WebappLogoResponse {
  /** Id to set as `replace_webapp_logo` of the workspace. @example 018f0000-0000-7000-8000-000000000001 */
  id: string;
}
