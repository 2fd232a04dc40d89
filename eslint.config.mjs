import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { borders } from './scripts/eslint/borders.mjs';
import { documented } from './scripts/eslint/documented.mjs';

const envMessage = 'process.env is read in #platform/config only. Add a field to a configuration class there and inject the class.';
const fetchMessage = 'An engine reaches outside through ports only: an address that a user gave needs the guarded client behind one.';
const saveMessage = 'save() selects first and costs five times an insert; on the run path use RunWriter or written SQL in a repository.';
const abortMessage =
  'Use AbortScope of #common and end() it: under Node 20 a time-out behind AbortSignal.any is collected and never fires, and composed signals leak.';
const rawEmitMessage = 'Use DomainEvents.emit of #platform/events: it is typed and waits for the commit.';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      'docs',
      '.data',
      'bench/floor.mjs',
      'bench/mock-llm.mjs',
      'bench/sse-load.mjs',
      'apps/api/src/openapi.metadata.ts',
      '**/*.cjs',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { baya: { rules: { borders, documented } }, 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [
        createNodeResolver({
          conditionNames: ['baya-source', 'import', 'node', 'default'],
          extensions: ['.ts', '.js'],
          extensionAlias: { '.js': ['.ts', '.js'] },
        }),
      ],
    },
    rules: {
      'baya/borders': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A class that Nest injects must stay a value import: `import type` on it compiles and fails at start.
      '@typescript-eslint/consistent-type-imports': 'off',
      // Methods that implement a port or answer a route are async by contract, with or without an await.
      '@typescript-eslint/require-await': 'off',
      // An index of a record can be absent although its type says otherwise; `noUncheckedIndexedAccess` covers the rest.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // DTO classes are shapes with documentation: a plain object of the shape is as good, and cheaper, than an instance.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, properties: false } }],
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Its fix writes the `!` that the rule above forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.property.name='emit'][callee.object.property.name=/[eE]mitter/]", message: rawEmitMessage },
      ],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts', 'migrations/**/*.ts'],
    ignores: ['libs/platform/config/**', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: envMessage },
        { object: 'AbortSignal', property: 'any', message: abortMessage },
        { object: 'AbortSignal', property: 'timeout', message: abortMessage },
      ],
      'no-console': 'error',
    },
  },
  { files: ['apps/**/*.ts', 'libs/**/*.ts'], ignores: ['**/*.spec.ts'], rules: { 'baya/documented': 'error' } },
  {
    files: ['libs/engines/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-globals': ['error', { name: 'fetch', message: fetchMessage }] },
  },
  { files: ['apps/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['libs/features/{runs,chat,conversations,workflows}/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: "CallExpression[callee.property.name='save']", message: saveMessage }] },
  },
  {
    files: ['**/*.spec.ts', '**/*.int-spec.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
