import { Module } from '@nestjs/common';
import { AccountRepository } from './repositories/account.repository.js';
import { AccountPasswords } from './services/account-passwords.js';
import { AccountService } from './services/account.service.js';

/** Accounts and their passwords. */
@Module({ providers: [AccountRepository, AccountService, AccountPasswords], exports: [AccountService, AccountPasswords] })
export class AccountsModule {}
