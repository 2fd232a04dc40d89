import { relative, sep } from 'node:path';

const DTO_FILE = /\.(?:request|response|query|event)\.ts$/;
const CONFIG_FILE = /^libs\/platform\/config\/src\/areas\//;
const JOB_FILE = /\.job\.ts$/;
const EVENT_MAPS = new Set(['DomainEventMap']);

const MESSAGES = {
  class: 'Say what an exported class is for, in a doc comment.',
  port: 'Say what a port promises, in a doc comment: what it takes and gives, and what it throws.',
  dto: 'Describe the field in a doc comment: shape, unit, default, bounds, @example. It becomes the API document.',
  config: 'Describe the setting in a doc comment: what it does, unit, default. It becomes docs/configuration.md.',
  event: 'Say which fact the event tells, in a doc comment.',
  job: 'Say what the job does and why it may run twice, in a doc comment.',
};

/**
 * What has to be described: the kind of a declaration in a file, or null. `member` is a member of a class or an interface, `owner` the
 * class or the interface.
 */
export function kindOf(file, { type, owner, member }) {
  if (type === 'class') return 'class';
  if (type === 'constant') return JOB_FILE.test(file) ? 'job' : null;
  if (type === 'interface-member') return EVENT_MAPS.has(owner) ? 'event' : null;
  if (type === 'abstract-member') return 'port';
  if (type !== 'field' || member.isStatic || member.isPrivate) return null;
  if (DTO_FILE.test(file)) return 'dto';
  return CONFIG_FILE.test(file) ? 'config' : null;
}

/** ESLint rule: what others use by its name alone is described where it is declared. */
export const documented = {
  meta: {
    type: 'suggestion',
    schema: [],
    docs: { description: 'describe exported classes, ports, DTO and config fields, events and jobs' },
  },
  create(context) {
    const { sourceCode } = context;
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    const hasComment = (node) => {
      const first = [node, ...(node.decorators ?? [])].sort((a, b) => a.range[0] - b.range[0])[0];
      const last = sourceCode.getCommentsBefore(first).at(-1);
      return last?.type === 'Block' && last.value.startsWith('*') && /\w/.test(last.value);
    };
    const check = (node, declaration, at = node) => {
      const kind = kindOf(file, declaration);
      if (kind !== null && !hasComment(node)) context.report({ node: at, message: MESSAGES[kind] });
    };
    const memberFacts = (node) => ({
      isStatic: node.static,
      isPrivate: node.accessibility === 'private' || node.accessibility === 'protected',
    });
    const checkClass = (exported, node) => {
      const { parent } = node;
      if (exported) check({ range: parent.range, decorators: node.decorators, ...rangeOf(parent) }, { type: 'class' }, node.id ?? node);
      for (const member of node.body.body) {
        if (/^TSAbstract/.test(member.type)) check(member, { type: 'abstract-member' }, member.key);
        else if (member.type === 'PropertyDefinition' && exported)
          check(member, { type: 'field', member: memberFacts(member) }, member.key);
      }
    };
    const rangeOf = (node) => ({ loc: node.loc, type: node.type });
    return {
      ClassDeclaration: (node) => checkClass(node.parent.type === 'ExportNamedDeclaration', node),
      'ExportNamedDeclaration > VariableDeclaration': (node) => check(node.parent, { type: 'constant' }, node.declarations[0].id),
      'TSInterfaceDeclaration > TSInterfaceBody > TSPropertySignature': (node) =>
        // A symbol for a key only keeps an empty map from being open to everything.
        node.computed || check(node, { type: 'interface-member', owner: node.parent.parent.id.name }, node.key),
    };
  },
};
