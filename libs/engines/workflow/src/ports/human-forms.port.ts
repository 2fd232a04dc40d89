/** A field of a form, with its wire names (contract workflow-engine 7.24). */
export interface FormInput {
  /** `text_input`, `paragraph`. */
  readonly type: string;
  readonly output_variable_name: string;
  /** What stands in the field at first; null for nothing. */
  readonly default: { readonly type: 'variable' | 'constant'; readonly selector: readonly string[]; readonly value: string } | null;
}

/** A button of a form, with its wire names. */
export interface FormAction {
  /** The handle that is taken. */
  readonly id: string;
  readonly title: string;
  /** `primary`, `default`, `accent`, `ghost`. */
  readonly button_style: string;
}

/** How a form reaches people; only ways that are switched on. */
export type FormDelivery =
  | { readonly type: 'webapp'; readonly id: string }
  | {
      readonly type: 'email';
      readonly id: string;
      /** Everybody in the workspace, and others. */
      readonly recipients: {
        readonly wholeWorkspace: boolean;
        readonly memberIds: readonly string[];
        readonly addresses: readonly string[];
      };
      readonly subject: string;
      /** Markdown; `{{#url#}}` stands where the link of the form comes. */
      readonly body: string;
      /** In runs of the debugger only the one who debugs gets the mail. */
      readonly debugMode: boolean;
    };

/** Whose form it is: there is one for each execution of a node, however often the node looks. */
export interface FormPlace {
  readonly runId: string;
  readonly nodeId: string;
  /** The same after a resume; another one in every round of a container. */
  readonly executionId: string;
}

/** What a form is made of. Texts hold no secrets: they show the names of those they refer to. */
export interface FormDefinition {
  readonly nodeTitle: string;
  /** Markdown, references resolved; `{{#$output.name#}}` marks a field. */
  readonly content: string;
  readonly inputs: readonly FormInput[];
  readonly actions: readonly FormAction[];
  /** What stands at first in fields whose default is a variable, by field. */
  readonly resolvedDefaults: Readonly<Record<string, unknown>>;
  /** Whether the run's own page shows the form. */
  readonly displayInUi: boolean;
  readonly deliveries: readonly FormDelivery[];
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What has become of a form. `timeout`: nobody came in the node's time; `expired`: the platform's time was over, the run is to end. */
export type FormState =
  | { readonly status: 'waiting' | 'timeout' | 'expired' }
  | { readonly status: 'submitted'; readonly actionId: string; readonly data: Readonly<Record<string, unknown>> };

/** A form that people can fill in. */
export interface StoredForm {
  readonly id: string;
  /** Opens the form from the run's own page; null for none. */
  readonly token: string | null;
  readonly definition: Omit<FormDefinition, 'deliveries'>;
  readonly state: FormState;
}

/** The forms of a run's workspace. */
export abstract class HumanForms {
  /** The form of an execution; null when there is none yet. */
  abstract find(place: FormPlace): Promise<StoredForm | null>;

  /** Stores a form and sends it on its ways. Called once a place, after the run has made sure that it is not called again. */
  abstract create(place: FormPlace, definition: FormDefinition): Promise<StoredForm>;
}
