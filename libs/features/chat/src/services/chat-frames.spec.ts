import type { MessageMetadata } from '#engines/chat';
import { blockingBody, ChatFrames, type FrameFacts } from './chat-frames.js';

const facts: FrameFacts = { runId: 'r-1', messageId: 'm-1', conversationId: 'c-1', createdAt: new Date(1_795_419_557_900) };
const metadata = { annotation_reply: null, retriever_resources: [], usage: { total_tokens: 92 } } as unknown as MessageMetadata;

describe('ChatFrames', () => {
  it('should write a piece of an answer byte for byte', () => {
    expect(new ChatFrames(facts).message(' wörld\n"🌍"')).toBe(
      'data: {"event":"message","conversation_id":"c-1","message_id":"m-1","created_at":1795419557,"task_id":"r-1","id":"m-1","answer":" wörld\\n\\"🌍\\"","from_variable_selector":null}\n\n',
    );
  });

  it('should leave the conversation out for completion apps', () => {
    expect(new ChatFrames({ ...facts, conversationId: null }).message('')).toBe(
      'data: {"event":"message","message_id":"m-1","created_at":1795419557,"task_id":"r-1","id":"m-1","answer":"","from_variable_selector":null}\n\n',
    );
  });

  it('should write the end', () => {
    expect(new ChatFrames(facts).messageEnd(metadata, [])).toBe(
      'data: {"event":"message_end","conversation_id":"c-1","message_id":"m-1","created_at":1795419557,"task_id":"r-1","id":"m-1","metadata":{"annotation_reply":null,"retriever_resources":[],"usage":{"total_tokens":92}},"files":null}\n\n',
    );
  });

  it('should write an error without a task id', () => {
    expect(new ChatFrames(facts).error({ code: 'invalid_param', status: 400, message: 'told to fail' })).toBe(
      'data: {"event":"error","conversation_id":"c-1","message_id":"m-1","created_at":1795419557,"code":"invalid_param","status":400,"message":"told to fail"}\n\n',
    );
  });
});

describe('blockingBody', () => {
  it('should have the keys of the contract in their order', () => {
    expect(JSON.stringify(blockingBody(facts, { mode: 'chat', answer: 'hi', metadata }))).toBe(
      '{"event":"message","task_id":"r-1","id":"m-1","message_id":"m-1","conversation_id":"c-1","mode":"chat","answer":"hi","metadata":{"annotation_reply":null,"retriever_resources":[],"usage":{"total_tokens":92}},"created_at":1795419557}',
    );
  });
});
