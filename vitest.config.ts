import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

const shared = {
  plugins: [swc.vite({ module: { type: 'es6' } })],
  oxc: false as never,
  resolve: { conditions: ['baya-source'] },
  ssr: { resolve: { conditions: ['baya-source'], externalConditions: ['baya-source'] } },
};

/** One project a kind of test, so that `vitest run --project unit` runs just that kind. */
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          globals: true,
          sequence: { groupOrder: 0 },
          testTimeout: 60_000,
          include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'scripts/**/*.spec.ts', 'migrations/**/*.spec.ts'],
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          globals: true,
          sequence: { groupOrder: 1 },
          include: ['test/integration/**/*.int-spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'contract',
          globals: true,
          sequence: { groupOrder: 2 },
          include: ['test/contract/**/*.spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          globals: true,
          sequence: { groupOrder: 3 },
          include: ['test/e2e/**/*.spec.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
