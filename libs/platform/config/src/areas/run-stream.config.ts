import { Env } from '../env.js';
import { integer } from '../schemas.js';

/** How much of a run's stream is held for readers that come late or come back. */
export class RunStreamConfig {
  /** Frames of one run that its process keeps in memory. */
  @Env('RUN_STREAM_MAX_FRAMES', integer(1, 1_000_000)) maxFrames = 1000;
  /** Bytes of one run's frames that its process keeps in memory. Unit: bytes. */
  @Env('RUN_STREAM_MAX_BYTES', integer(1024)) maxBytes = 1024 * 1024;
  /** How far behind a reader may fall before it is cut; it may attach again. Unit: bytes. */
  @Env('RUN_STREAM_MAX_LAG_BYTES', integer(1024)) maxLagBytes = 4 * 1024 * 1024;
  /** How long a finished stream stays in memory; with Redis no longer than until Redis has it. Unit: milliseconds. */
  @Env('RUN_STREAM_KEEP_MS', integer(0, 600_000)) keepMs = 10_000;
  /** Most memory of all finished streams together; the oldest leaves first. Unit: bytes. */
  @Env('RUN_STREAM_KEEP_BYTES', integer(0)) keepBytes = 2 * 1024 * 1024;
  /** Longest time a frame waits for others before it goes to Redis. Unit: milliseconds. */
  @Env('RUN_STREAM_FLUSH_MS', integer(1, 1000)) flushMs = 20;
  /** Frames of one run that go to Redis without waiting any longer. */
  @Env('RUN_STREAM_FLUSH_FRAMES', integer(1, 10_000)) flushFrames = 64;
  /** How long Redis keeps a stream after its last frame. Unit: seconds. */
  @Env('RUN_STREAM_REDIS_TTL_SECONDS', integer(1, 86_400)) redisTtlSeconds = 600;
  /** Bytes of one run's frames that Redis keeps. Unit: bytes. */
  @Env('RUN_STREAM_REDIS_MAX_BYTES', integer(1024)) redisMaxBytes = 16 * 1024 * 1024;
}
