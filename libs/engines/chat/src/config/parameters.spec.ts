import { fromStoredModelConfig } from './model-config-document.js';
import { parametersOf } from './parameters.js';

const systemParameters = {
  image_file_size_limit: 10,
  video_file_size_limit: 100,
  audio_file_size_limit: 50,
  file_size_limit: 15,
  workflow_file_upload_limit: 10,
};

describe('parametersOf', () => {
  it('should describe a new app as recorded (trace first/no-models)', () => {
    expect(parametersOf(fromStoredModelConfig({}), { systemParameters })).toEqual({
      opening_statement: null,
      suggested_questions: [],
      suggested_questions_after_answer: { enabled: false },
      speech_to_text: { enabled: false },
      text_to_speech: { enabled: false },
      retriever_resource: { enabled: true },
      annotation_reply: { enabled: false },
      more_like_this: { enabled: false },
      user_input_form: [],
      sensitive_word_avoidance: { enabled: false, type: '', config: {} },
      file_upload: { image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } },
      system_parameters: systemParameters,
    });
  });

  it('should show the form and the annotation setting it is given', () => {
    const form = [{ paragraph: { label: 'q', variable: 'q' } }];
    const annotationReply = { enabled: true, id: 'a' };

    const parameters = parametersOf(fromStoredModelConfig({}), { systemParameters, userInputForm: form, annotationReply });

    expect(parameters).toMatchObject({ user_input_form: form, annotation_reply: annotationReply });
  });
});
