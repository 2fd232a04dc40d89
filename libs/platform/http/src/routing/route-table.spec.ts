import { RouteTable } from './route-table.js';

describe('RouteTable', () => {
  const table = new RouteTable();
  table.add('GET', '/apps');
  table.add('POST', '/apps');
  table.add('GET', '/apps/:app_id');
  table.add('PUT', '/apps/import');
  table.add('GET', '/docs/*');

  it.each([
    ['/apps', ['GET', 'POST']],
    ['/apps/1', ['GET']],
    ['/apps/import', ['GET', 'PUT']],
    ['/docs/a/b', ['GET']],
    ['/apps/', []],
    ['/apps/1/2', []],
    ['/', []],
  ])('should know the methods of %s', (path, methods) => {
    expect(table.methodsOf(path)).toEqual(methods);
  });
});
