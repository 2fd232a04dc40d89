import { contentTypeOf, isSafeInline } from './content-type.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('contentTypeOf', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n....', 'text/plain', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/png', 'image/jpeg'],
    ['RIFF\x00\x00\x00\x00WEBPVP8 ', '', 'image/webp'],
    ['%PDF-1.7', 'text/html', 'application/pdf'],
    ['\x00\x00\x00\x18ftypmp42', 'video/mp4', 'video/mp4'],
    ['\x00\x00\x00\x18ftypM4A ', 'audio/m4a', 'audio/mp4'],
    ['plain', 'text/markdown; charset=utf-8', 'text/markdown'],
    ['', 'text/plain', 'text/plain'],
  ])('should read %j sent as %s as %s', (content, declared, expected) => {
    expect(contentTypeOf(bytes(content), declared)).toBe(expected);
  });

  it.each([
    ['<html><script>alert(1)</script>', 'text/html'],
    ['\n <!-- x --><!DOCTYPE html>', 'text/html'],
    ['<ScRiPt>alert(1)', 'text/html'],
    ['\xef\xbb\xbf<svg onload=alert(1)>', 'image/svg+xml'],
    ['<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', 'image/svg+xml'],
    ['<?xml version="1.0"?><a/>', 'text/xml'],
  ])('should see through markup that claims to be a picture: %j', (content, expected) => {
    expect(contentTypeOf(bytes(content), 'image/png')).toBe(expected);
    expect(isSafeInline(contentTypeOf(bytes(content), 'image/png'))).toBe(false);
  });

  it('should not believe a picture type that the bytes contradict', () => {
    expect(contentTypeOf(bytes('just text'), 'image/png')).toBe('application/octet-stream');
  });

  it.each(['', 'no type', 'text/html\r\nx: y', `text/${'x'.repeat(300)}`])('should take %j for unknown', (declared) => {
    expect(contentTypeOf(bytes('data'), declared)).toBe('application/octet-stream');
  });
});
