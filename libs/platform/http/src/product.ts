/** The Dify version whose APIs are spoken; sent as X-Version, compared by the console and by plugins (contract console-accounts 1.1). */
export const COMPATIBLE_VERSION = '1.13.2';
