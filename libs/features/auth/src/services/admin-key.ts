import { Injectable } from '@nestjs/common';
import { SecurityConfig } from '#platform/config';
import { isSameText } from './constant-time.js';

/** The key of whoever runs the installation. */
@Injectable()
export class AdminKey {
  constructor(private readonly config: SecurityConfig) {}

  /** Whether a token is the key. False for every token while `ADMIN_API_KEY_ENABLE` is off or `ADMIN_API_KEY` empty. */
  matches(token: string): boolean {
    const { adminApiKeyEnabled, adminApiKey } = this.config;
    return adminApiKeyEnabled && adminApiKey !== undefined && adminApiKey !== '' && isSameText(token, adminApiKey);
  }
}
