import { HumanForms, type FormDefinition, type FormPlace, type FormState, type StoredForm } from '../ports/human-forms.port.js';

/** Forms in memory, by execution. What went to people is kept. */
export class MemoryForms extends HumanForms {
  readonly sent: FormDefinition[] = [];
  private readonly forms = new Map<string, StoredForm>();

  override find({ executionId }: FormPlace): Promise<StoredForm | null> {
    return Promise.resolve(this.forms.get(executionId) ?? null);
  }

  override create({ executionId, nodeId }: FormPlace, definition: FormDefinition): Promise<StoredForm> {
    this.sent.push(definition);
    const number = String(this.sent.length);
    const form: StoredForm = { id: `form-${number}`, token: `token-${nodeId}`, definition, state: { status: 'waiting' } };
    this.forms.set(executionId, form);
    return Promise.resolve(form);
  }

  /** A form's state changes: somebody filled it in, or time went by. */
  settle(id: string, state: FormState): void {
    for (const [executionId, form] of this.forms) if (form.id === id) this.forms.set(executionId, { ...form, state });
  }

  /** Somebody filled a form in. */
  submit(id: string, actionId: string, data: Record<string, unknown> = {}): void {
    this.settle(id, { status: 'submitted', actionId, data });
  }
}
