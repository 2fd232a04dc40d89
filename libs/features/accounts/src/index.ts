export type { AccountStatus } from './account-status.js';
export { accountsEntities } from './accounts.entities.js';
export { AccountNotFoundError, CurrentPasswordIncorrectError, EmailInUseError, WeakPasswordError } from './accounts.errors.js';
export { AccountsModule } from './accounts.module.js';
export {
  EMAIL_PATTERN,
  MAX_EMAIL_LENGTH,
  MAX_PASSWORD_LENGTH,
  NO_EMAIL_MESSAGE,
  PASSWORD_PATTERN,
  WEAK_PASSWORD_MESSAGE,
} from './credential-rules.js';
export type { AccountEntity as Account } from './entities/account.entity.js';
export { AccountResponse, avatarUrlOf } from './http/dto/account.response.js';
export { type InterfaceLanguage, interfaceLanguageOr, interfaceLanguages, timezoneOf } from './interface-languages.js';
export { AccountPasswords } from './services/account-passwords.js';
export { AccountService, type NewAccount, type ProfileChanges } from './services/account.service.js';
