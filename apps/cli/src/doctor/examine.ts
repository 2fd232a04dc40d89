import {
  ConfigError,
  DatabaseConfig,
  type LoadedConfig,
  loadConfig,
  MailConfig,
  RedisConfig,
  SecurityConfig,
  ServerConfig,
  StorageConfig,
} from '#platform/config';
import { inspectDataDirectory, inspectSecretKey } from './data-directory.js';
import { inspectEmbedded, inspectPostgres } from './database.js';
import { bad, type Finding, good, warning } from './finding.js';
import { inspectMail } from './mail.js';
import { inspectPort } from './port.js';
import { inspectRedis } from './redis.js';
import { inspectStorage } from './storage.js';

const OLDEST_NODE = { major: 20, minor: 19 };

/** Looks at everything a start needs, one finding after the other. */
export async function* examine(): AsyncIterable<Finding> {
  yield inspectNode(process.versions.node);
  const loaded = yield* inspectConfiguration();
  if (loaded === null) return;
  const server = loaded.get(ServerConfig);
  const database = loaded.get(DatabaseConfig);
  yield* inspectDataDirectory(server.dataDir);
  yield inspectSecretKey(loaded.get(SecurityConfig), server.dataDir);
  if (database.isExternal) yield* inspectPostgres(database);
  else yield inspectEmbedded(server.dataDir);
  yield await inspectRedis(loaded.get(RedisConfig));
  yield await inspectStorage(loaded.get(StorageConfig), server);
  yield await inspectMail(loaded.get(MailConfig), server);
  yield await inspectPort(server);
}

function inspectNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
  return isNew ? good('Node.js', version) : bad('Node.js', version, `Install Node.js ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer.`);
}

function* inspectConfiguration(): Generator<Finding, LoadedConfig | null> {
  try {
    const loaded = loadConfig();
    yield good('configuration', 'every variable fits');
    if (loaded.unknown.length > 0)
      yield warning(
        'configuration',
        `not known here and ignored: ${loaded.unknown.join(', ')}`,
        'Fine when they come from a Dify .env; else look for a misspelling in .env.example.',
      );
    return loaded;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) yield bad('configuration', problem, 'Correct the variable; .env.example lists all of them.');
    return null;
  }
}
