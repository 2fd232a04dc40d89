import { BadRequestError, InvalidParamError, NotFoundError } from '#common';

/** 404: no such conversation of this person in this app. */
export class ConversationNotFoundError extends NotFoundError {
  constructor() {
    super('Conversation Not Exists.');
  }
}

/** 404: `last_id` is none of the conversations that are listed. */
export class LastConversationNotFoundError extends NotFoundError {
  constructor() {
    super('Last Conversation Not Exists.');
  }
}

/** 404: `first_id` is no message of the conversation. */
export class FirstMessageNotFoundError extends NotFoundError {
  constructor() {
    super('First Message Not Exists.');
  }
}

/** 404: no such message of this person in this app. */
export class MessageNotFoundError extends NotFoundError {
  constructor() {
    super('Message Not Exists.');
  }
}

/** 404: the conversation has no such variable. */
export class ConversationVariableNotFoundError extends NotFoundError {
  constructor() {
    super('Conversation Variable Not Exists.');
  }
}

/** 400 `invalid_param`: there is no feedback that could be taken back. */
export class NoFeedbackError extends InvalidParamError {
  constructor() {
    super('rating cannot be None when feedback not exists', { params: 'rating' });
  }
}

/** 400 `bad_request`: the app does not offer follow-up questions. */
export class SuggestedQuestionsDisabledError extends BadRequestError {
  constructor() {
    super('Suggested Questions Is Disabled.');
  }
}
