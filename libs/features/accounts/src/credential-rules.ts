/** Longest mail address. Unit: characters. */
export const MAX_EMAIL_LENGTH = 255;
/** Longest password that is hashed. Unit: characters. */
export const MAX_PASSWORD_LENGTH = 1024;

/** A mail address (contract console-accounts 1.1). */
export const EMAIL_PATTERN = /^[\w.!#$%&'*+\-/=?^`{|}~]+@([\w-]+\.)+[\w-]{2,}$/;
/** A new password: a letter, a digit, at least 8 characters (contract console-accounts 2.4). */
export const PASSWORD_PATTERN = /^(?=.*[A-Za-z])(?=.*\d).{8,}$/s;

/** Said of a password that is not strong enough. */
export const WEAK_PASSWORD_MESSAGE = 'The password needs at least 8 characters with a letter and a digit among them.';
/** Said of a text that is no mail address. */
export const NO_EMAIL_MESSAGE = '$property must be a mail address';
