/** Where an account stands (contract console-accounts 7). `banned` accounts can't sign in; so are those of the system itself. */
export type AccountStatus = 'pending' | 'uninitialized' | 'active' | 'banned' | 'closed';
