import { violation } from './borders.mjs';

describe('borders', () => {
  it.each([
    ['libs/common/src/ids.ts', '#platform/config', false, 'bottom'],
    ['libs/engines/chat/src/a.ts', '@nestjs/common', false, 'port'],
    ['libs/engines/chat/src/a.ts', '#platform/config', false, 'port'],
    ['libs/engines/tools/src/a.ts', '#platform/http', false, 'port'],
    ['libs/platform/http/src/a.ts', '#features/apps', false, 'registry'],
    ['libs/platform/http/src/a.ts', '#engines/model-runtime', false, 'import type'],
    ['libs/features/chat/src/services/a.ts', 'typeorm', false, 'repository'],
    ['libs/features/apps/src/a.ts', '#features/chat', false, 'arrows point down'],
    ['libs/features/chat/src/a.ts', '#features/workflows', false, 'arrows point down'],
    ['libs/features/chat/src/a.ts', '#features/apps/http', false, 'applications only'],
    ['libs/features/chat/src/a.ts', '../../apps/src/index.js', false, 'leaves'],
    ['libs/features/unknown/src/a.ts', '#features/apps', false, 'features.mjs'],
  ])('should refuse %s importing %s', (file, specifier, isTypeOnly, hint) => {
    expect(violation(file, specifier, isTypeOnly)).toContain(hint);
  });

  it.each([
    ['libs/features/chat/src/a.ts', '#features/apps', false],
    ['libs/features/chat/src/http/a.ts', '../services/b.js', false],
    ['libs/features/chat/src/entities/a.entity.ts', 'typeorm', false],
    ['libs/platform/http/src/a.ts', '#engines/model-runtime', true],
    ['apps/api/src/api.module.ts', '#features/chat/http', false],
    ['libs/engines/chat/src/a.ts', '#engines/model-runtime', false],
    ['libs/engines/workflow/src/a.ts', '#engines/tools', false],
  ])('should allow %s importing %s', (file, specifier, isTypeOnly) => {
    expect(violation(file, specifier, isTypeOnly)).toBeUndefined();
  });
});
