import { HumanForms, type FormDefinition, type FormPlace, type FormState, type StoredForm } from '#engines/workflow';
import { uuidv7 } from '#common';
import { fits, type ModelsFile } from './models-file.js';

/** Forms that the models file fills in as soon as they are there. One that it has no entry for waits: the run pauses. */
export class ScriptedForms extends HumanForms {
  constructor(private readonly entries: ModelsFile['forms']) {
    super();
  }

  override async find(): Promise<StoredForm | null> {
    return null;
  }

  override async create({ nodeId }: FormPlace, definition: FormDefinition): Promise<StoredForm> {
    const entry = this.entries.find(({ node }) => fits(node, nodeId, definition.nodeTitle));
    const state: FormState =
      entry === undefined ? { status: 'waiting' } : { status: 'submitted', actionId: entry.action, data: entry.inputs };
    return { id: uuidv7(), token: null, definition, state };
  }
}
