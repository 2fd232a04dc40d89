import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  type FileStorage,
  InvalidStorageKeyError,
  LocalStorage,
  S3Bucket,
  S3Storage,
  StorageUnavailableError,
  StoredFileMissingError,
  StoredFileTooLargeError,
} from '#platform/storage';
import { S3Server } from '../../support/s3-server.js';

const MiB = 1024 * 1024;
const BUCKET = 'baya-test';

const contentOf = async (storage: FileStorage, key: string): Promise<Buffer> => Buffer.from(await storage.read(key, 64 * MiB));

interface Adapter {
  name: string;
  open(): Promise<{ storage: FileStorage; names(): string[]; close(): Promise<void> }>;
}

const local: Adapter = {
  name: 'local directory',
  async open() {
    const root = mkdtempSync(join(tmpdir(), 'baya-storage-'));
    const names = () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name);
    return { storage: new LocalStorage(root), names, close: () => rm(root, { recursive: true, force: true }) };
  },
};

const s3: Adapter = {
  name: 'S3',
  async open() {
    const server = new S3Server(BUCKET, 'access', 'secret');
    const endpoint = await server.start();
    const bucket = new S3Bucket({
      bucket: BUCKET,
      region: 'eu-test-1',
      endpoint,
      keyPrefix: 'pre/',
      pathStyle: true,
      credentials: { accessKeyId: 'access', secretAccessKey: 'secret' },
    });
    const close = async () => {
      await bucket.close();
      await server.stop();
    };
    return { storage: new S3Storage(bucket), names: () => [...server.objects.keys(), ...server.uploads.keys()], close };
  },
};

describe.each([local, s3])('FileStorage on $name', ({ open }) => {
  let opened: Awaited<ReturnType<Adapter['open']>>;

  beforeEach(async () => {
    opened = await open();
  });

  afterEach(() => opened.close());

  it.each([
    ['nothing', 0],
    ['a few bytes', 5],
    ['many megabytes', 17 * MiB + 3],
  ])('should give back %s that were put as bytes', async (_, size) => {
    const bytes = randomBytes(size);

    await opened.storage.put('upload_files/t/a b+ü.bin', bytes, { contentType: 'image/png' });

    expect((await contentOf(opened.storage, 'upload_files/t/a b+ü.bin')).equals(bytes)).toBe(true);
  });

  it.each([
    ['nothing', 0],
    ['less than a part', 100_000],
    ['exactly one part', 8 * MiB],
    ['several parts', 17 * MiB + 3],
  ])('should give back %s that were put as a stream', async (_, size) => {
    const bytes = randomBytes(size);
    const chunks = Array.from({ length: Math.ceil(size / 70_000) }, (_item, i) => bytes.subarray(i * 70_000, (i + 1) * 70_000));

    await opened.storage.put('a/b', Readable.from(chunks));

    expect((await contentOf(opened.storage, 'a/b')).equals(bytes)).toBe(true);
  });

  it('should replace an older file', async () => {
    await opened.storage.put('a', Buffer.from('older and longer'));
    await opened.storage.put('a', Buffer.from('new'));

    expect((await contentOf(opened.storage, 'a')).toString()).toBe('new');
  });

  it('should stream what is stored', async () => {
    await opened.storage.put('a', Buffer.from('text'));
    const chunks: Buffer[] = [];

    for await (const chunk of await opened.storage.get('a')) chunks.push(chunk as Buffer);

    expect(Buffer.concat(chunks).toString()).toBe('text');
  });

  it('should tell what exists, and delete it once and again', async () => {
    await opened.storage.put('a/b', Buffer.from('x'));

    expect([await opened.storage.exists('a/b'), await opened.storage.exists('a'), await opened.storage.exists('none/at/all')]).toEqual([
      true,
      false,
      false,
    ]);
    await opened.storage.delete('a/b');
    await opened.storage.delete('a/b');
    expect(await opened.storage.exists('a/b')).toBe(false);
  });

  it.each(['a', 'a/b/c'])('should refuse to read %s, which is not there', async (key) => {
    await expect(opened.storage.get(key)).rejects.toThrow(StoredFileMissingError);
    await expect(opened.storage.read(key, 10)).rejects.toThrow(StoredFileMissingError);
  });

  it('should refuse to read more than the reader takes', async () => {
    await opened.storage.put('a', Buffer.alloc(11));

    await expect(opened.storage.read('a', 10)).rejects.toThrow(StoredFileTooLargeError);
    expect(await opened.storage.read('a', 11)).toHaveLength(11);
  });

  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a/./b',
    'a//b',
    'a/',
    'a\0b',
    'a\\..\\b',
    'a\nb',
    '\ud800',
    'x'.repeat(256),
    'y/'.repeat(600),
  ])('should refuse the key %j everywhere', async (key) => {
    for (const attempt of [
      opened.storage.put(key, Buffer.from('x')),
      opened.storage.get(key),
      opened.storage.read(key, 1),
      opened.storage.exists(key),
      opened.storage.delete(key),
    ]) {
      await expect(attempt).rejects.toThrow(InvalidStorageKeyError);
    }
    expect(opened.names()).toEqual([]);
  });

  it('should leave nothing behind when the source breaks in the middle', async () => {
    const source = Readable.from(
      (async function* () {
        yield Buffer.alloc(9 * MiB);
        throw new Error('the sender went away');
      })(),
    );

    await expect(opened.storage.put('a/b', source)).rejects.toThrow('the sender went away');

    expect(opened.names()).toEqual([]);
  });

  it('should say that it works', async () => {
    await expect(opened.storage.check()).resolves.toBeUndefined();
  });
});

describe('LocalStorage', () => {
  it('should keep files readable for the owner of the process only', async () => {
    const root = mkdtempSync(join(tmpdir(), 'baya-storage-'));

    await new LocalStorage(root).put('a/b', Buffer.from('x'));

    expect(statSync(join(root, 'a/b')).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700);
  });
});

describe('S3Storage', () => {
  const server = new S3Server(BUCKET, 'access', 'secret');
  let endpoint: string;
  const storageWith = (secretAccessKey: string, bucket = BUCKET) =>
    new S3Storage(
      new S3Bucket({
        bucket,
        region: 'r',
        endpoint,
        keyPrefix: 'pre/',
        pathStyle: true,
        credentials: { accessKeyId: 'access', secretAccessKey },
      }),
    );

  beforeAll(async () => {
    endpoint = await server.start();
  });
  afterAll(() => server.stop());

  it('should keep the media type and put the prefix in front of the key', async () => {
    await storageWith('secret').put('a/b.png', Buffer.from('x'), { contentType: 'image/png' });

    expect(server.objects.get('pre/a/b.png')?.contentType).toBe('image/png');
  });

  it('should not take an outage or a wrong key for a missing file', async () => {
    await expect(storageWith('wrong').exists('a')).rejects.toThrow(StorageUnavailableError);
    await expect(storageWith('wrong').put('a', Buffer.from('x'))).rejects.toThrow(StorageUnavailableError);
    await expect(storageWith('secret', 'other-bucket').check()).rejects.toThrow(StorageUnavailableError);
    server.down = true;
    await expect(storageWith('secret').get('a/b.png')).rejects.toThrow(StorageUnavailableError);
    server.down = false;
  });
});
