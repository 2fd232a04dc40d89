import { surfaceOf } from './surfaces.js';

describe('surfaceOf', () => {
  it.each([
    ['/v1/parameters', 'service'],
    ['/v1?x=1', 'service'],
    ['/v12/parameters', 'root'],
    ['/console/api/apps', 'console'],
    ['/console/api', 'console'],
    ['/api/site', 'web'],
    ['/files/1/preview', 'files'],
    ['/health', 'root'],
    ['/', 'root'],
  ])('should put %s into %s', (path, audience) => {
    expect(surfaceOf(path).audience).toBe(audience);
  });
});
