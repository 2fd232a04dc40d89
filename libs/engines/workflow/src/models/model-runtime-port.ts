import type { ModelRuntime, ModelTarget } from '#engines/model-runtime';
import { WorkflowModels, type ModelChoice, type WorkflowModel } from '../ports/models.port.js';

/** Says with which credentials a model is called. Rejects when the workspace has none for it. */
export type ResolveTarget = (choice: ModelChoice) => ModelTarget | Promise<ModelTarget>;

/** The models of a {@link ModelRuntime}, for workflows. */
export function modelRuntimePort(runtime: ModelRuntime, resolveTarget: ResolveTarget): WorkflowModels {
  return new RuntimeModels(runtime, resolveTarget);
}

class RuntimeModels extends WorkflowModels {
  constructor(
    private readonly runtime: ModelRuntime,
    private readonly resolveTarget: ResolveTarget,
  ) {
    super();
  }

  async resolve(choice: ModelChoice): Promise<WorkflowModel> {
    const target = await this.resolveTarget(choice);
    const schema = await this.runtime.modelSchema(target, 'llm');
    return { schema, invoke: (request, options) => this.runtime.invokeLlm(target, request, options) };
  }
}
