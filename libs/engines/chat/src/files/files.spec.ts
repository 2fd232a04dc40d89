import { InputFormError } from '../chat.errors.js';
import { fileFactory, InMemoryFileReader } from '../testing/file.factory.js';
import type { ChatFile, FileUploadSettings } from './chat-file.js';
import { checkAddresses, checkFiles } from './check-files.js';
import { parseFileEntries } from './file-entry.js';
import { fileTypeOf } from './file-types.js';
import { sendsFiles, toPromptParts } from './prompt-parts.js';

const settings: FileUploadSettings = {
  allowedTypes: ['image'],
  allowedExtensions: ['.dwg'],
  allowedMethods: ['local_file'],
  numberLimit: 2,
};

describe('parseFileEntries', () => {
  it('should read entries and leave out those that name nothing', () => {
    const entries = parseFileEntries([
      { type: 'image', transfer_method: 'local_file', upload_file_id: 'u1' },
      { type: 'nonsense', transfer_method: 'remote_url', remote_url: 'http://a/b.png' },
      { transfer_method: 'remote_url', upload_file_id: 'u2' },
      { type: 'image', transfer_method: 'remote_url' },
      { type: 'image', transfer_method: 'smoke', url: 'http://a' },
      { type: 'image', url: 'http://a' },
      { type: 'image', transfer_method: 'remote_url', url: 5 },
      null,
      'x',
    ]);

    expect(entries).toEqual([
      { type: 'image', transferMethod: 'local_file', uploadFileId: 'u1', url: null, toolFileId: null, datasourceFileId: null },
      { transferMethod: 'remote_url', uploadFileId: null, url: 'http://a/b.png', toolFileId: null, datasourceFileId: null },
      { transferMethod: 'remote_url', uploadFileId: 'u2', url: null, toolFileId: null, datasourceFileId: null },
    ]);
  });

  it.each([undefined, null, 'x', {}, 5])('should read %j as no files', (raw) => {
    expect(parseFileEntries(raw)).toEqual([]);
  });
});

describe('fileTypeOf', () => {
  it.each([
    [{ type: 'audio' as const, extension: '.png', mimeType: 'image/png' }, 'audio'],
    [{ extension: '.PNG', mimeType: '' }, 'image'],
    [{ type: 'custom' as const, extension: '.pdf', mimeType: '' }, 'document'],
    [{ extension: '.xyz', mimeType: 'video/x' }, 'video'],
    [{ extension: '', mimeType: 'application/octet-stream' }, 'custom'],
  ])('should see in %j a file of type %s', (file, type) => {
    expect(fileTypeOf(file)).toBe(type);
  });
});

describe('checkFiles', () => {
  it('should ignore files of an app that takes none', () => {
    expect(checkFiles([fileFactory({ type: 'video' })], null)).toEqual([]);
  });

  it.each<[string, Partial<ChatFile>]>([
    ['an allowed type', {}],
    ['a custom file of a listed extension', { type: 'custom', extension: '.DWG' }],
    ['a tool file whatever it is', { type: 'video', transferMethod: 'tool_file' }],
  ])('should pass %s', (_name, file) => {
    expect(checkFiles([fileFactory(file)], settings)).toHaveLength(1);
  });

  it.each<[string, Partial<ChatFile>]>([
    ['another type', { type: 'document' }],
    ['a custom file of another extension', { type: 'custom', extension: '.exe' }],
    ['another method', { transferMethod: 'remote_url' }],
  ])('should refuse %s', (_name, file) => {
    expect(() => checkFiles([fileFactory(file)], settings)).toThrow(new InputFormError('File validation failed for file: cat.png'));
  });

  it('should take any type and method when none are listed', () => {
    const open: FileUploadSettings = { allowedTypes: [], allowedExtensions: [], allowedMethods: [], numberLimit: 0 };

    expect(checkFiles(Array<ChatFile>(9).fill(fileFactory({ type: 'video', transferMethod: 'remote_url' })), open)).toHaveLength(9);
  });

  it('should bound pictures and files', () => {
    const three = [fileFactory(), fileFactory(), fileFactory()];
    const mixed: FileUploadSettings = { ...settings, allowedTypes: ['image', 'document'] };

    expect(() => checkFiles(three, settings)).toThrow('Number of image files exceeds the maximum limit 2');
    expect(() =>
      checkFiles(
        three.map((file, index) => ({ ...file, type: index === 0 ? 'document' : 'image' })),
        mixed,
      ),
    ).toThrow('Number of files exceeds the maximum limit 2');
  });
});

describe('checkAddresses', () => {
  const entriesOf = (url: string) =>
    parseFileEntries([
      { transfer_method: 'local_file', upload_file_id: 'u1' },
      { transfer_method: 'remote_url', url },
    ]);

  it.each([
    ['https://files.test/a/cat.png?x=1', 'cat.png'],
    ['https://files.test/', 'https://files.test/'],
    ['no address', 'no address'],
  ])('should refuse %s where the app takes uploads only', (url, name) => {
    expect(() => checkAddresses(entriesOf(url), settings)).toThrow(new InputFormError(`File validation failed for file: ${name}`));
  });

  it('should leave what was fetched on upload to the check that knows its name', () => {
    const fetched = parseFileEntries([{ transfer_method: 'remote_url', upload_file_id: 'u2' }]);

    expect(() => checkAddresses(fetched, settings)).not.toThrow();
  });

  it.each([[['remote_url' as const]], [[]]])('should let addresses pass where the app takes %j', (allowedMethods) => {
    expect(() => checkAddresses(entriesOf('https://files.test/cat.png'), { ...settings, allowedMethods })).not.toThrow();
  });
});

describe('toPromptParts', () => {
  const reader = new InMemoryFileReader();

  it('should send bytes, with the detail of pictures', async () => {
    expect(
      await toPromptParts([fileFactory(), fileFactory({ type: 'audio', extension: '.mp3', mimeType: 'audio/mpeg', filename: 'a.mp3' })], {
        reader,
        imageDetail: 'high',
      }),
    ).toEqual([
      { type: 'image', detail: 'high', format: 'png', mimeType: 'image/png', filename: 'cat.png', base64Data: 'Y2F0LnBuZw==' },
      { type: 'audio', format: 'mp3', mimeType: 'audio/mpeg', filename: 'a.mp3', base64Data: 'YS5tcDM=' },
    ]);
  });

  it('should send URLs where that is configured', async () => {
    const [part] = await toPromptParts([fileFactory({ type: 'document', extension: '.pdf', filename: 'd.pdf' })], {
      reader,
      sendFormat: 'url',
    });

    expect(part).toMatchObject({ type: 'document', format: 'pdf', url: 'https://files.test/d.pdf' });
    expect(part).not.toHaveProperty('base64Data');
  });

  it('should look at pictures in low detail by default', async () => {
    expect(await toPromptParts([fileFactory()], { reader })).toMatchObject([{ detail: 'low' }]);
  });

  it('should say of a custom file that it can not be sent', async () => {
    expect(await toPromptParts([fileFactory({ type: 'custom', filename: 'plan.dwg' })], { reader })).toEqual([
      { type: 'text', data: '[Unsupported file type: plan.dwg (custom)]' },
    ]);
  });
});

describe('sendsFiles', () => {
  it.each([
    ['chat' as const, null, true],
    ['completion' as const, [], true],
    ['agent-chat' as const, ['vision'], true],
    ['agent-chat' as const, ['tool-call'], false],
    ['agent-chat' as const, null, false],
  ])('%s with features %j: %s', (mode, features, expected) => {
    expect(sendsFiles(mode, features)).toBe(expected);
  });
});
