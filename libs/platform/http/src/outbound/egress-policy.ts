/**
 * What a request to a user-given URL may reach. `public`: public addresses only. `model`: private and loopback addresses too,
 * never link-local ones and metadata services (architecture, Security).
 */
export type EgressPolicy = 'public' | 'model';
