import { rewriteProviderIds } from './rewrite-url.js';

const BASE = '/console/api/workspaces/current/model-providers';

describe('rewriteProviderIds', () => {
  it.each([
    [`${BASE}/langgenius/openai/openai/models`, `${BASE}/langgenius%2Fopenai%2Fopenai/models`],
    [`${BASE}/langgenius/openai/openai`, `${BASE}/langgenius%2Fopenai%2Fopenai`],
    [`${BASE}/langgenius/openai/openai?x=/a/b`, `${BASE}/langgenius%2Fopenai%2Fopenai?x=/a/b`],
    [
      '/console/api/workspaces/0190/model-providers/langgenius/openai/openai/icon_small/en_US',
      '/console/api/workspaces/0190/model-providers/langgenius%2Fopenai%2Fopenai/icon_small/en_US',
    ],
    [
      '/console/api/workspaces/current/tool-provider/builtin/langgenius/time/time/tools',
      '/console/api/workspaces/current/tool-provider/builtin/langgenius%2Ftime%2Ftime/tools',
    ],
  ])('should make one part of the id in %s', (url, expected) => {
    expect(rewriteProviderIds({ url })).toBe(expected);
  });

  it.each([
    BASE,
    `${BASE}/langgenius%2Fopenai%2Fopenai/models`,
    `${BASE}/builtin/models`,
    `${BASE}/builtin/models/credentials/validate`,
    `${BASE}/builtin/credentials/validate`,
    '/console/api/workspaces/0190/model-providers/builtin/icon_small/en_US',
    '/console/api/workspaces/current/tool-provider/builtin/time/credential/schema/api-key',
    '/v1/parameters',
  ])('should leave %s alone', (url) => {
    expect(rewriteProviderIds({ url })).toBe(url);
  });
});
