/** How the child that holds the embedded database is started; JSON in its first argument. */
export interface ChildOptions {
  /** Directory of the database cluster; made when absent. */
  directory: string;
  /** Closed cluster to copy there first; absent: there is one already, or a new one is made in place. */
  copyFrom?: string;
  /** Unix socket to serve on; absent where there are none, then TCP on the loopback address. */
  socketPath?: string;
  /** TCP port to serve on when there is no socket path; 0 lets the system choose. */
  port?: number;
  /** Most connections at a time. */
  maxConnections: number;
}

/** What the child tells its parent. */
export type ChildMessage =
  | {
      /** The database is open and served. */
      type: 'ready';
      /** TCP port it is served on; 0 with a Unix socket. */
      port: number;
    }
  | {
      /** The database can't be opened or broke; the child ends. */
      type: 'failed';
      /** Why, in words for an operator. */
      message: string;
    };
