import { dirname, join, relative, sep } from 'node:path';
import { featureLayers, notInEngines, typeormHomes } from './features.mjs';

/** The library that a path of the repository belongs to: `{ kind, name, root }`. */
function libraryOf(path) {
  const parts = path.split('/');
  if (parts[0] === 'libs' && parts[1] === 'common') return { kind: 'common', name: 'common', root: 'libs/common' };
  if (parts[0] === 'libs' && parts.length > 2) return { kind: parts[1], name: parts[2], root: parts.slice(0, 3).join('/') };
  if (parts[0] === 'apps') return { kind: 'apps', name: parts[1], root: 'apps' };
  return { kind: parts[0], name: parts[0], root: parts[0] };
}

/** Why `from` must not import `specifier`; undefined when it may. */
export function violation(file, specifier, isTypeOnly) {
  const from = libraryOf(file);
  if (specifier.startsWith('.')) {
    const target = relative('.', join(dirname(file), specifier))
      .split(sep)
      .join('/');
    if (
      target === from.root ||
      target.startsWith(`${from.root}/`) ||
      !['common', 'platform', 'engines', 'features', 'apps'].includes(from.kind)
    )
      return undefined;
    return `This path leaves ${from.root}. Import the other library by its door (#common, #platform/x, #engines/x, #features/x).`;
  }
  if (specifier === 'typeorm' && !typeormHomes.some((home) => home.test(file))) {
    return 'typeorm stays in entities/, repositories/ and #platform/database. Give the repository a method named after the use case and call that.';
  }
  if (from.kind === 'engines' && notInEngines.test(specifier))
    return `An engine knows nothing of ${specifier}. Take a port or a plain value and let the feature hand it in.`;
  if (from.kind === 'common' && specifier.startsWith('#')) return '#common imports nothing of ours: it is at the bottom.';
  const target = /^#(common|platform|engines|features|migrations)(?:\/([^/]+))?(?:\/(.+))?$/.exec(specifier);
  if (!target) return undefined;
  const [, kind, name, door] = target;
  if (kind === 'common') return undefined;
  if (from.kind === 'engines' && kind !== 'engines')
    return 'Engines import engines and #common only. Declare a port (abstract class) in the engine; the feature or platform implements it.';
  if (from.kind === 'platform' && kind === 'features')
    return 'The platform knows no feature. Let the feature register something in a registry that the platform owns.';
  if (from.kind === 'platform' && kind === 'engines' && !isTypeOnly)
    return "The platform may implement an engine's port (import type), never call an engine.";
  if (from.kind === 'platform' && kind === 'migrations')
    return 'The application hands migrations to DatabaseModule; the platform does not import them.';
  if (from.kind === 'features' && kind === 'features') return featureViolation(from.name, name, door);
  if (kind === 'features' && door !== undefined && !['apps', 'test', 'features'].includes(from.kind))
    return `#features/${name}/${door} is for the applications only.`;
  return undefined;
}

function featureViolation(from, to, door) {
  if (door !== undefined) return `#features/${to}/${door} is for the applications only; what features share stands at #features/${to}.`;
  if (!(from in featureLayers)) return `The feature ${from} is not in scripts/eslint/features.mjs: add it with its layer.`;
  if (!(to in featureLayers)) return `The feature ${to} is not in scripts/eslint/features.mjs: add it with its layer.`;
  if (featureLayers[to] < featureLayers[from]) return undefined;
  return `${from} (layer ${featureLayers[from]}) must not import ${to} (layer ${featureLayers[to]}): arrows point down. Own a registry in ${from} that ${to} fills, or emit a domain event.`;
}

/** ESLint rule: imports follow the arrows of docs/architecture/overview.md. */
export const borders = {
  meta: { type: 'problem', schema: [], docs: { description: 'keep imports within the borders of the architecture' } },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    const check = (node, source, isTypeOnly) => {
      const message = typeof source?.value === 'string' ? violation(file, source.value, isTypeOnly) : undefined;
      if (message) context.report({ node, message });
    };
    const typeOnly = (node) =>
      node.importKind === 'type' || (node.specifiers?.length > 0 && node.specifiers.every((s) => s.importKind === 'type'));
    return {
      ImportDeclaration: (node) => check(node, node.source, typeOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
    };
  },
};
