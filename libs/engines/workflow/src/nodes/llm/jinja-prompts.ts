import { JinjaEnvironment, TemplateError } from '#engines/templates';
import { variableNotFound } from '../../models/text-template.js';
import { plainValue } from '../../values/plain-value.js';
import { WorkflowError } from '../../workflow.errors.js';
import type { NodeContext } from '../node-type.js';
import type { LlmSettings, PromptPiece } from './llm-settings.js';

/** The Jinja2 pieces of a node's prompt, parsed once. One that can't be parsed fails the node when it runs, not the whole graph. */
export class JinjaPrompts {
  /** Made for the first template; most nodes have none. */
  private environment: JinjaEnvironment | undefined;
  private readonly names = new Map<PromptPiece, string>();
  private readonly broken = new Map<PromptPiece, WorkflowError>();

  constructor(private readonly settings: Pick<LlmSettings, 'pieces' | 'jinjaVariables'>) {
    settings.pieces.forEach((piece, index) => {
      if (piece.body.kind === 'jinja2') this.add(piece, `prompt ${String(index + 1)}`, piece.body.source);
    });
  }

  /** Puts the declared variables into a piece. Throws when one is missing, or the template fails. */
  render(piece: PromptPiece, { pool }: NodeContext): string {
    const failure = this.broken.get(piece);
    if (failure !== undefined) throw failure;
    const values: Record<string, unknown> = {};
    for (const { name, selector } of this.settings.jinjaVariables) {
      const segment = pool.get(selector);
      if (segment === undefined) throw variableNotFound(name);
      values[name] = plainValue(segment.value);
    }
    try {
      return (this.environment as JinjaEnvironment).render(this.names.get(piece) as string, values);
    } catch (error) {
      throw asFailure(error);
    }
  }

  private add(piece: PromptPiece, name: string, source: string): void {
    try {
      this.environment ??= new JinjaEnvironment();
      this.environment.add(name, source);
      this.names.set(piece, name);
    } catch (error) {
      this.broken.set(piece, asFailure(error));
    }
  }
}

function asFailure(error: unknown): WorkflowError {
  if (!(error instanceof TemplateError)) throw error;
  return new WorkflowError(error.message, { errorType: 'CodeExecutionError', cause: error });
}
