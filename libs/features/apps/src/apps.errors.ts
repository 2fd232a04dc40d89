import { ForbiddenError, NotFoundError, UnauthorizedError, UserError } from '#common';

/** 404 `app_not_found`: no such app in the workspace, or one of a mode that the route does not serve. */
export class AppNotFoundError extends NotFoundError {
  constructor(message = 'App not found.') {
    super(message, 'app_not_found');
  }
}

/** 400 `app_unavailable`: the app has no usable configuration, or the route is for another mode. */
export class AppUnavailableError extends UserError {
  constructor() {
    super({ code: 'app_unavailable', status: 400, message: 'App unavailable, please check your app configurations.' });
  }
}

/** 400 `not_chat_app`: the route is for apps with conversations. */
export class NotChatAppError extends UserError {
  constructor() {
    super({ code: 'not_chat_app', status: 400, message: 'Please check if your app mode matches the right API route.' });
  }
}

/** 401: no such API key, or one of another kind. */
export class InvalidKeyError extends UnauthorizedError {
  constructor() {
    super('Access token is invalid');
  }
}

/** 400 without a code (contract console-accounts 10.1): ten keys are all that may be. */
export class TooManyApiKeysError extends UserError {
  constructor(limit: number) {
    const message = `Cannot create more than ${String(limit)} API keys for this resource type.`;
    super({ code: 'max_keys_exceeded', status: 400, message, body: { message, custom: 'max_keys_exceeded' } });
  }
}

/** 404 without a code (contract console-accounts 10.1). */
export class ApiKeyNotFoundError extends UserError {
  constructor() {
    super({ code: 'api_key_not_found', status: 404, message: 'API key not found', body: { message: 'API key not found' } });
  }
}

/** 404 without a code: the app whose keys were asked for does not exist. */
export class KeyOwnerNotFoundError extends UserError {
  constructor() {
    super({ code: 'app_not_found', status: 404, message: 'App not found.', body: { message: 'App not found.' } });
  }
}

/** 404: the app has no public page. */
export class SiteNotFoundError extends NotFoundError {
  constructor() {
    super('The app has no site.');
  }
}

/** 403 on the service API: the app has no public page or may not be shown. */
export class SiteForbiddenError extends ForbiddenError {}

/** 404 `end_user_not_found`. */
export class EndUserNotFoundError extends NotFoundError {
  constructor() {
    super('End user not found.', 'end_user_not_found');
  }
}
