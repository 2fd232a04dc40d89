import { IsIn } from 'class-validator';

/** Other colours of the interface. */
export class ChangeInterfaceThemeRequest {
  /** Colours of the interface. @example dark */
  @IsIn(['light', 'dark'])
  interface_theme: 'light' | 'dark';
}
