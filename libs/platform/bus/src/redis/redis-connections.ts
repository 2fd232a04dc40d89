import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { UnavailableError } from '#common';
import { RedisConfig } from '#platform/config';

/** How often both connections are asked whether they still live. Unit: milliseconds. */
const HEARTBEAT_MS = 2000;
/** How long a command waits for a connection that was lost just now. Unit: milliseconds. */
const GRACE_MS = 1000;
/** Refusals of a server that is there and can't serve. */
const UNABLE = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|OOM|MISCONF|NOREPLICAS|NOAUTH|WRONGPASS|BUSY|NOPERM)\b/;

/**
 * The two connections of a process to Redis, commands and subscriptions. Every command ends within the command timeout: a
 * server that is gone, stopped or not ready costs the caller an UnavailableError and never a hang. Reconnects by itself.
 */
@Injectable()
export class RedisConnections implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Redis');
  private readonly commands: Redis | undefined;
  private readonly subscriptions: Redis | undefined;
  private readonly closers: (() => Promise<void>)[] = [];
  private connecting: Promise<void> | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private downSince = Date.now();
  private wasUp = false;
  private isClosing = false;

  constructor(private readonly config: RedisConfig) {
    if (!config.isConfigured) return;
    this.commands = this.create({ connectionName: 'baya-commands' });
    this.subscriptions = this.create({ connectionName: 'baya-subscriptions', autoResubscribe: false });
    this.commands.on('ready', () => this.cameUp());
    this.commands.on('close', () => this.wentDown());
  }

  /** Whether there is a Redis to speak with. */
  get isConfigured(): boolean {
    return this.config.isConfigured;
  }

  /** Whether commands can be sent at this moment. */
  get isUp(): boolean {
    return this.commands?.status === 'ready';
  }

  /** Connects; an unreachable server does not keep the process from starting, it is tried again and again. */
  onModuleInit(): Promise<void> {
    this.connecting ??= this.connect();
    return this.connecting;
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.heartbeat);
    for (const close of this.closers) await close();
    this.isClosing = true;
    for (const redis of [this.commands, this.subscriptions]) redis?.disconnect();
  }

  /** Does something with the connections before they are closed. */
  beforeClose(closer: () => Promise<void>): void {
    this.closers.push(closer);
  }

  /** A key or channel of ours. */
  key(...parts: string[]): string {
    return [this.config.keyPrefix, ...parts].join(':');
  }

  /** Runs commands. @throws UnavailableError `redis_unavailable` within the command timeout; replies that mean a bug are thrown as they are. */
  async run<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = await this.ready();
    try {
      return await work(redis);
    } catch (error) {
      throw this.translate(error);
    }
  }

  /** The connection in subscriber mode. Its commands reject while it is not ready. */
  get subscriber(): Redis {
    if (this.subscriptions === undefined) throw notReady();
    return this.subscriptions;
  }

  /** Another connection of its own, for those whose rules differ (job queues); the caller closes it. */
  create(options: RedisOptions = {}): Redis {
    const redis = new Redis(this.config.connectionString ?? '', {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      commandTimeout: this.config.commandTimeoutMs,
      connectTimeout: this.config.commandTimeoutMs,
      keepAlive: 10_000,
      retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1000),
      ...options,
    });
    redis.on('error', (error: Error) => this.logger.debug('redis connection failed', { error: error.message }));
    return redis;
  }

  /** Turns what ioredis throws into what callers expect; a timed-out connection is dropped, so that the next command fails at once. */
  translate(error: unknown): unknown {
    if (error instanceof UnavailableError || !(error instanceof Error)) return error;
    if (error.name === 'ReplyError' && !UNABLE.test(error.message)) return error;
    if (error.message === 'Command timed out' && this.isUp) this.commands?.disconnect(true);
    return notReady(error);
  }

  private async connect(): Promise<void> {
    const { commands, subscriptions } = this;
    if (commands === undefined || subscriptions === undefined) return;
    this.downSince = Date.now();
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.heartbeat.unref();
    const both = Promise.allSettled([commands.connect(), subscriptions.connect()]);
    await Promise.race([both, new Promise((resolve) => setTimeout(resolve, this.config.commandTimeoutMs).unref())]);
    if (!this.isUp)
      this.logger.warn('redis is not reachable at start; it is tried on', { host: commands.options.host, port: commands.options.port });
  }

  private async ready(): Promise<Redis> {
    const redis = this.commands;
    if (redis === undefined) throw notReady();
    if (redis.status === 'ready') return redis;
    const left = Math.min(GRACE_MS, this.downSince + GRACE_MS - Date.now());
    if (left <= 0) throw notReady();
    await new Promise<void>((resolve, reject) => {
      const up = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        redis.off('ready', up);
        reject(notReady());
      }, left);
      redis.once('ready', up);
    });
    return redis;
  }

  private cameUp(): void {
    if (this.wasUp) this.logger.log('redis connection is back', { downMs: Date.now() - this.downSince });
    this.wasUp = true;
    this.downSince = Number.MAX_SAFE_INTEGER;
  }

  private wentDown(): void {
    if (this.isClosing || this.downSince !== Number.MAX_SAFE_INTEGER) return;
    this.downSince = Date.now();
    this.logger.warn('redis connection lost');
  }

  private beat(): void {
    for (const redis of [this.commands, this.subscriptions]) {
      if (redis?.status === 'ready') redis.ping().catch(() => redis.disconnect(true));
    }
  }
}

function notReady(cause?: unknown): UnavailableError {
  return new UnavailableError(
    'redis_unavailable',
    'Redis does not answer. Check REDIS_URL and the server; requests are served again as soon as it is back.',
    { cause },
  );
}
