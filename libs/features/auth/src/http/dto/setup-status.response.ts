/** Whether the installation is set up. */
export class SetupStatusResponse {
  /** `not_started` or `finished`. @example finished */
  step: 'not_started' | 'finished';
  /** When it was, in UTC without a zone; null before. @example 2026-11-23T08:30:48 */
  setup_at: string | null;

  static from(setupAt: Date | null): SetupStatusResponse {
    return Object.assign(new SetupStatusResponse(), {
      step: setupAt ? 'finished' : 'not_started',
      setup_at: setupAt?.toISOString().slice(0, 19) ?? null,
    });
  }
}
