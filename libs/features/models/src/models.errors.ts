import { InvalidParamError, UserError } from '#common';

/** 400 `invalid_param`: there is no provider of that id. */
export class UnknownProviderError extends InvalidParamError {
  constructor(provider: string) {
    super(`Provider ${provider} does not exist.`);
  }
}

/** 400 `invalid_param`: the provider has no such model, or it is not ready for use. */
export class UnknownModelError extends InvalidParamError {
  constructor(model: string) {
    super(`Model ${model} does not exist.`);
  }
}

/** 400 `invalid_param`: somebody switched the model off. */
export class ModelDisabledError extends InvalidParamError {
  constructor(model: string) {
    super(`Model ${model} is disabled. An admin can enable it in the settings of the model provider.`);
  }
}

/** 400 `provider_not_initialize`: the workspace has no credentials that this model can be called with. */
export class ProviderNotInitializedError extends UserError {
  constructor(model: string) {
    super({
      code: 'provider_not_initialize',
      status: 400,
      message: `No valid credentials found for model ${model}. Go to Settings -> Model Provider and complete your own.`,
    });
  }
}

/** 400 `invalid_param`: the credential does not exist in this workspace for this provider or model. */
export class UnknownCredentialError extends InvalidParamError {
  constructor(credentialId: string) {
    super(`Credential with id ${credentialId} not found.`, { params: 'credential_id' });
  }
}

/** 400 `invalid_param`: another credential of the provider or model has this name. */
export class CredentialNameTakenError extends InvalidParamError {
  constructor(name: string, model?: string) {
    super(
      model === undefined
        ? `Credential with name '${name}' already exists.`
        : `Model credential with name '${name}' already exists for ${model}.`,
    );
  }
}

/** 400 `invalid_param`: the form is not filled in correctly, or the vendor refuses the credentials. */
export class CredentialsRefusedError extends InvalidParamError {
  /** The mistake is in the form itself; nobody was asked. */
  readonly isFormError: boolean;

  constructor(message: string, options: { isFormError: boolean; cause: unknown }) {
    super(message, { cause: options.cause });
    this.isFormError = options.isFormError;
  }
}
