import { Injectable } from '@nestjs/common';
import type { Account } from '#features/accounts';
import { type Mail, Mailer } from '#platform/mail';
import { AppLogger } from '#platform/telemetry';

/** Languages that mails are written in; whoever has another reads English (contract console-accounts 4). */
export type MailLanguage = 'en-US' | 'zh-Hans';

/** The language of mails for somebody whose interface has this one. */
export const mailLanguageOf = (language: string | null | undefined): MailLanguage => (language === 'zh-Hans' ? 'zh-Hans' : 'en-US');

/** What a mail says: a subject, a line before the code, a line after it. */
type Wording = readonly [subject: string, before: string, after: string];

const WORDINGS = {
  change_email_old: {
    'en-US': [
      'Confirm your present mail address',
      'Enter this code to change the mail address of your account:',
      'It is valid for 5 minutes. If you did not ask for it, change your password.',
    ],
    'zh-Hans': ['确认您当前的邮箱', '请输入以下验证码以更改账户邮箱：', '验证码 5 分钟内有效。如非本人操作，请修改密码。'],
  },
  change_email_new: {
    'en-US': [
      'Confirm your new mail address',
      'Enter this code to use this address for your account:',
      'It is valid for 5 minutes. If you did not ask for it, ignore this mail.',
    ],
    'zh-Hans': ['确认您的新邮箱', '请输入以下验证码以将此邮箱用于您的账户：', '验证码 5 分钟内有效。如非本人操作，请忽略此邮件。'],
  },
  email_changed: {
    'en-US': [
      'Your mail address was changed',
      'Your account signs in with another mail address from now on.',
      'If this was not you, tell the owner of your workspace at once.',
    ],
    'zh-Hans': ['您的邮箱已更改', '您的账户今后将使用新的邮箱登录。', '如非本人操作，请立即联系工作空间所有者。'],
  },
  delete_account: {
    'en-US': [
      'Confirm the deletion of your account',
      'Enter this code to delete your account for good:',
      'It is valid for 5 minutes. If you did not ask for it, change your password.',
    ],
    'zh-Hans': ['确认删除您的账户', '请输入以下验证码以永久删除您的账户：', '验证码 5 分钟内有效。如非本人操作，请修改密码。'],
  },
  account_deleted: {
    'en-US': [
      'Your account was deleted',
      'Your account was deleted, and the workspaces that you alone belonged to.',
      'Nobody can sign in with it any more.',
    ],
    'zh-Hans': ['您的账户已删除', '您的账户以及仅属于您的工作空间已被删除。', '该账户无法再登录。'],
  },
} as const satisfies Record<string, Record<MailLanguage, Wording>>;

/** Which mail. */
export type AccountMail = keyof typeof WORDINGS;

/** To whom a mail goes. */
export interface AccountMailTarget {
  to: string;
  language: MailLanguage;
  /** Six digits, for mails that carry a code. */
  code?: string;
}

/** Mails about somebody's own account. */
@Injectable()
export class AccountMails {
  private readonly log: AppLogger;

  constructor(
    private readonly mailer: Mailer,
    logger: AppLogger,
  ) {
    this.log = logger.scoped('auth');
  }

  /** Sends one. Throws `MailUnavailableError` (503). */
  send(mail: AccountMail, target: AccountMailTarget): Promise<void> {
    return this.mailer.send(compose(WORDINGS[mail][target.language], target));
  }

  /** Tells somebody of what was done, at the address he had then; it stands whether the mail arrives or not. */
  async tell(mail: 'email_changed' | 'account_deleted', { email: to, interfaceLanguage }: Account): Promise<void> {
    try {
      await this.send(mail, { to, language: mailLanguageOf(interfaceLanguage) });
    } catch (error) {
      this.log.warn('nobody was told of a change to an account', { mail, error });
    }
  }
}

/** Nothing that a person wrote stands in these mails, so nothing has to be escaped. */
function compose([subject, before, after]: Wording, { to, code }: AccountMailTarget): Mail {
  const lines = code === undefined ? [before, after] : [before, code, after];
  const html = lines.map((line) => (line === code ? `<p style="font-size:24px"><b>${line}</b></p>` : `<p>${line}</p>`)).join('\n');
  return { to, subject, html, text: lines.join('\n\n') };
}
