/** A feature that is on or off. */
export class FeatureSwitchResponse {
  /**
   * On or off.
   * @example false
   */
  enabled: boolean;
}
