import { Get } from '@nestjs/common';
import { ConsoleAccess, ConsoleController, RequestOrigin } from '#platform/http';
import { AccountIntegratesResponse } from './dto/account-integrates.response.js';

const PROVIDERS = ['github', 'google'] as const;

/** Bindings of one's own account to sign-in services (contract console-accounts 7). Nothing binds accounts yet, so none is bound. */
@ConsoleController('account', { tag: 'account' })
@ConsoleAccess()
export class AccountIntegratesConsoleController {
  /** List the sign-in services that the account can be bound to. */
  @Get('integrates')
  list(@RequestOrigin() origin: string): AccountIntegratesResponse {
    return AccountIntegratesResponse.unbound(PROVIDERS, origin);
  }
}
