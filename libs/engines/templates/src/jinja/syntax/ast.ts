import type { BinaryOperator, Comparison } from '../operators.js';

/** Arguments of a call, a filter or a test, as written. */
export interface ArgumentNodes {
  positional: Expression[];
  named: { name: string; value: Expression }[];
  /** `*series` */
  spread?: Expression;
  /** `**dict` */
  spreadNamed?: Expression;
}

/** An expression. */
export type Expression =
  | { kind: 'constant'; value: null | boolean | number | bigint | string }
  /** A number with a point, which is a float whatever its value. */
  | { kind: 'float'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'tuple'; items: Expression[] }
  | { kind: 'dict'; entries: [Expression, Expression][] }
  | { kind: 'condition'; test: Expression; then: Expression; otherwise: Expression | null }
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'not'; value: Expression }
  | { kind: 'compare'; first: Expression; rest: { comparison: Comparison; value: Expression }[] }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: 'unary'; operator: '-' | '+'; value: Expression }
  | { kind: 'concat'; parts: Expression[] }
  | { kind: 'attribute'; value: Expression; name: string }
  | { kind: 'item'; value: Expression; key: Expression }
  | { kind: 'slice'; value: Expression; bounds: (Expression | null)[] }
  | { kind: 'call'; callee: Expression; args: ArgumentNodes }
  | { kind: 'filter'; name: string; value: Expression; args: ArgumentNodes; line: number }
  | { kind: 'test'; name: string; value: Expression; args: ArgumentNodes; line: number };

/** What a value is assigned to. */
export type Target =
  { kind: 'name'; name: string } | { kind: 'tuple'; items: Target[] } | { kind: 'attribute'; name: string; attribute: string };

/** A macro's or call block's signature and body. */
export interface MacroNode {
  name: string;
  parameters: { name: string; default: Expression | null }[];
  body: Statement[];
}

/** A filter of a block: everything but the value. */
export interface BlockFilter {
  name: string;
  args: ArgumentNodes;
  line: number;
}

/** A statement. */
export type Statement = { line: number } & (
  | { kind: 'text'; text: string }
  | { kind: 'print'; value: Expression }
  | { kind: 'if'; branches: { test: Expression; body: Statement[] }[]; otherwise: Statement[] }
  | {
      kind: 'for';
      target: Target;
      series: Expression;
      condition: Expression | null;
      body: Statement[];
      otherwise: Statement[];
      isRecursive: boolean;
    }
  | { kind: 'set'; target: Target; value: Expression }
  | { kind: 'set_block'; target: Target; filters: BlockFilter[]; body: Statement[] }
  | { kind: 'macro'; macro: MacroNode }
  | { kind: 'call'; call: Expression; macro: MacroNode }
  | { kind: 'filter'; filters: BlockFilter[]; body: Statement[] }
  | { kind: 'with'; assignments: { target: Target; value: Expression }[]; body: Statement[] }
  | { kind: 'autoescape'; value: Expression; body: Statement[] }
  | { kind: 'block'; body: Statement[] }
  | { kind: 'unavailable'; tag: string }
);
