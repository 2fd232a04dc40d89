import { isRoleAllowed, type Role } from '#platform/http';
import { roleMatrix, rowOfRoute } from './role-matrix.js';

const roles: readonly Role[] = ['owner', 'admin', 'editor', 'normal', 'dataset_operator'];

/** Who was let in by a running Dify (contract traces console/roles; the owner by section 9), as letters O A E N D. */
const OBSERVED = [
  ['GET', '/apps', 'OAEND'],
  ['POST', '/apps', 'OAE'],
  ['GET', '/apps/:app_id/api-keys', 'OAEND'],
  ['POST', '/apps/:app_id/api-keys', 'OAE'],
  ['DELETE', '/apps/:app_id/api-keys/:key_id', 'OA'],
  ['POST', '/apps/:app_id/api-enable', 'OA'],
  ['POST', '/apps/:app_id/site', 'OAE'],
  ['POST', '/apps/:app_id/site/access-token-reset', 'OA'],
  ['GET', '/apps/:app_id/workflows/draft', 'OAE'],
  ['POST', '/apps/:app_id/model-config', 'OAE'],
  ['GET', '/apps/:app_id/chat-conversations', 'OAE'],
  ['GET', '/datasets', 'OAEND'],
  ['POST', '/datasets', 'OAED'],
  ['POST', '/tags', 'OAED'],
  ['DELETE', '/tags/:tag_id', 'OAE'],
  ['POST', '/workspaces/current/default-model', 'OA'],
  ['GET', '/workspaces/current/members', 'OAEND'],
  ['GET', '/workspaces/current/model-providers', 'OAEND'],
  ['GET', '/workspaces/current/model-providers/:provider/credentials', 'OAEND'],
  ['POST', '/workspaces/current/model-providers/:provider/credentials', 'OA'],
  ['POST', '/workspaces/current/model-providers/:provider/credentials/validate', 'OAEND'],
  ['PATCH', '/workspaces/current/model-providers/:provider/models/enable', 'OAEND'],
  ['POST', '/workspaces/custom-config', 'OAEND'],
  ['POST', '/workspaces/info', 'OAEND'],
  ['GET', '/account/profile', 'OAEND'],
] as const;

describe('role matrix', () => {
  it.each(OBSERVED)('should let in for %s %s whom Dify lets in: %s', (method, path, letters) => {
    const row = rowOfRoute(method, `/console/api${path}`);

    expect(
      roles
        .filter((role) => row && isRoleAllowed(row.rule, role))
        .map((role) => role[0]?.toUpperCase())
        .join(''),
    ).toBe(letters);
  });

  it('should know no row for a route that nobody declared', () => {
    expect(rowOfRoute('GET', '/console/api/nothing/like/this')).toBeNull();
    expect(rowOfRoute('PATCH', '/console/api/account/profile')).toBeNull();
  });

  it('should hold no operation that can never be reached because an earlier row takes it', () => {
    for (const row of roleMatrix) {
      for (const operation of row.operations) {
        const [methods = '', path = ''] = operation.split(' ');
        const sample = path.replaceAll('**', 'tail').replaceAll('*', 'part');
        const takers = methods.split('|').map((method) => rowOfRoute(method, sample)?.area);
        expect(takers, operation).toContain(row.area);
      }
    }
  });
});
