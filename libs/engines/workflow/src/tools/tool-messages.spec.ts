import { MemoryFiles } from '../testing/memory-files.js';
import { ToolMessages } from './tool-messages.js';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a);
const { signal } = new AbortController();

describe('ToolMessages', () => {
  it('should fetch pictures and keep them by what they are', async () => {
    const files = new MemoryFiles({ 'https://x.test/cat': png, 'https://x.test/photo': Uint8Array.of(0xff, 0xd8, 0xff, 0xe0) });
    const messages = new ToolMessages(files, 'tenant', signal);
    for (const url of ['https://x.test/cat', 'https://x.test/photo']) {
      expect(await messages.convert({ type: 'image', url })).toMatchObject({
        type: 'file',
        file: { facts: { type: 'image', transferMethod: 'tool_file' } },
      });
    }
    expect(files.stored.map(({ mimeType }) => mimeType)).toEqual(['image/png', 'image/jpeg']);
    expect(files.stored[0]?.bytes).toEqual(png);
  });

  it('should say that a picture can not be had, and stop with the run', async () => {
    const files = new MemoryFiles();
    files.read = () => Promise.reject(new Error('refused'));
    const image = { type: 'image', url: 'https://x.test/cat' } as const;
    expect(await new ToolMessages(files, 'tenant', signal).convert(image)).toEqual({
      type: 'text',
      text: 'Failed to download image: https://x.test/cat: refused',
    });
    await expect(new ToolMessages(files, 'tenant', AbortSignal.abort(new Error('enough'))).convert(image)).rejects.toThrow('enough');
  });

  it.each([
    ['image/png', 'image'],
    ['audio/x-wav', 'audio'],
    ['video/mp4', 'video'],
    ['text/csv', 'document'],
    ['application/pdf', 'document'],
    ['application/zip', 'custom'],
  ])('should keep bytes of %s as a file of kind %s', async (mimeType, type) => {
    const files = new MemoryFiles();
    await new ToolMessages(files, 'tenant', signal).convert({ type: 'blob', bytes: png, mimeType, filename: 'made' });
    expect(files.stored).toEqual([{ bytes: png, mimeType, filename: 'made', type }]);
  });

  it('should need somewhere to keep files, and pass on everything else', async () => {
    const nowhere = new ToolMessages(undefined, 'tenant', signal);
    await expect(nowhere.convert({ type: 'blob', bytes: png, mimeType: 'image/png', filename: null })).rejects.toThrow(
      'port `files` is missing',
    );
    expect(await nowhere.convert({ type: 'text', text: 'x' })).toEqual({ type: 'text', text: 'x' });
    expect(await nowhere.convert({ type: 'json', json: { a: 1 }, isSuppressed: true })).toEqual({ type: 'json', json: { a: 1 } });
  });
});
