import { RunRegistry } from '#features/runs';
import { OpenedDatabase, RowRejectedError, RunWriter, WriterOverloadedError } from '#platform/database';
import { ChatLab, eventsOf, type LabApp, readEvents } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

describeEachDatabase(
  'the life of a chat run',
  (ctx) => {
    const lab = new ChatLab();
    let app: LabApp;

    const messageOf = (id: string) =>
      lab.sql.row<Record<string, unknown>>('select status, error, answer, answer_tokens from messages where id = $1', [id]);
    const runOf = (id: string) => lab.sql.row<Record<string, unknown>>('select state, outcome, reason from app_runs where id = $1', [id]);
    const begin = async (query: string, headers: Record<string, string> = {}) => {
      const leave = new AbortController();
      const response = await lab.send(
        app,
        'POST',
        '/chat-messages',
        { inputs: {}, user: 'u', query, response_mode: 'streaming' },
        headers,
        leave.signal,
      );
      const events = readEvents(response);
      const first = (await events.next()).value!.data;
      return { events, first, leave };
    };

    beforeAll(async () => {
      await lab.start(ctx.env);
      app = await lab.createApp('chat');
    });
    afterAll(() => lab.stop());

    describe('failing models', () => {
      it.each([400, 401, 429, 500])(
        'should tell a status %i of the vendor as the contract does, and keep the message (trace service/chat-model-error)',
        async (status) => {
          const blocking = await lab.chat(app, { query: `FAIL ${String(status)}` });
          const streamed = await lab.stream(app, { query: `FAIL ${String(status)}` });

          expect(blocking).toMatchObject({
            status: 400,
            body: { code: 'invalid_param', status: 400, message: expect.stringContaining('told to fail') },
          });
          expect(streamed).toHaveLength(1);
          expect(Object.keys(streamed[0]!.data)).toEqual([
            'event',
            'conversation_id',
            'message_id',
            'created_at',
            'code',
            'status',
            'message',
          ]);
          expect(streamed[0]!.data).toMatchObject({ event: 'error', code: 'invalid_param', status: 400 });
          expect(await messageOf(streamed[0]!.data.message_id)).toMatchObject({
            status: 'error',
            error: streamed[0]!.data.message,
            answer: '',
          });
        },
      );

      it.each(['BREAK', 'GARBAGE'])('should keep what had been said when the stream of the vendor ends in %s', async (fault) => {
        const events = await lab.stream(app, { query: `one two ${fault}` });

        expect(events[0]!.data).toMatchObject({ event: 'message', answer: 'one' });
        expect(events.at(-1)!.data).toMatchObject({ event: 'error', code: 'invalid_param' });
        expect(await messageOf(events[0]!.data.id)).toMatchObject({ status: 'error', answer: 'one two' });
        expect(await runOf(events[0]!.data.task_id)).toMatchObject({ state: 'finished', outcome: 'failed' });
      });

      it('should not remember an answer that never came', async () => {
        const failed = await lab.chat(app, { query: 'SAY fine' });
        await lab.chat(app, { query: 'FAIL 500', conversation_id: failed.body.conversation_id });

        expect((await lab.chat(app, { query: 'go on', conversation_id: failed.body.conversation_id })).status).toBe(200);
      });
    });

    describe('stop', () => {
      it('should keep the partial text and end with message_end (trace service/stop-chat)', async () => {
        const { events, first } = await begin('a long HANG');

        const stopped = await lab.call(app, 'POST', `/chat-messages/${first.task_id}/stop`, { user: 'u' });
        const rest = [];
        for await (const event of events) rest.push(event.data);

        expect(stopped).toMatchObject({ status: 200, body: { result: 'success' } });
        expect(rest.at(-1)).toMatchObject({ event: 'message_end', metadata: { usage: { total_tokens: 0 } } });
        expect(await messageOf(first.id)).toMatchObject({ status: 'normal', error: null, answer: 'a long' });
        expect(await runOf(first.task_id)).toEqual({ state: 'finished', outcome: 'stopped', reason: 'stopped' });
        await expect.poll(() => lab.model.callOf('a long HANG').wasCut).toBe(true);
      });

      it('should change nothing for another user or another app, and answer alike', async () => {
        const other = await lab.createApp('chat');
        const { events, first } = await begin('SLOW tale');

        expect(await lab.call(app, 'POST', `/chat-messages/${first.task_id}/stop`, { user: 'stranger' })).toMatchObject({
          status: 200,
          body: { result: 'success' },
        });
        expect(await lab.call(other, 'POST', `/chat-messages/${first.task_id}/stop`, { user: 'u' })).toMatchObject({
          status: 200,
          body: { result: 'success' },
        });
        const rest = [];
        for await (const event of events) rest.push(event.data);

        expect(rest).toHaveLength(21);
        expect(rest.at(-1)).toMatchObject({ event: 'message_end', metadata: { usage: { completion_tokens: 20 } } });
      });

      it.each(['00000000-0000-4000-8000-000000000000', 'no-uuid', '%2e%2e', "'; drop table app_runs"])(
        'should take the unknown task %s for done (trace service/stop)',
        async (task) => {
          expect(await lab.call(app, 'POST', `/chat-messages/${encodeURIComponent(task)}/stop`, { user: 'u' })).toMatchObject({
            status: 200,
            body: { result: 'success' },
          });
        },
      );

      it('should need a user', async () => {
        expect(await lab.call(app, 'POST', '/chat-messages/x/stop', {})).toMatchObject({
          status: 400,
          body: { message: 'Arg user must be provided.' },
        });
      });
    });

    describe('callers who leave', () => {
      it('should finish the run and keep all of the answer', async () => {
        const { first, leave } = await begin('SLOW leave me');
        leave.abort();

        await expect.poll(() => runOf(first.task_id), { timeout: 10_000 }).toMatchObject({ state: 'finished', outcome: 'succeeded' });
        expect((await messageOf(first.id))?.answer).toMatch(/^SLOW leave me SLOW.* leave$/);
        expect(lab.model.callOf('SLOW leave me').wasCut).toBe(false);
      });

      it('should let them come back: replay from the start, or from the event they saw last, to the end', async () => {
        const { events, first, leave } = await begin('SLOW come back');
        await events.next();
        leave.abort();

        const all = await lab.send(app, 'GET', `/chat-messages/${first.task_id}/events?user=u`);
        const whole = eventsOf(await all.text());
        const late = eventsOf(
          await (
            await lab.send(app, 'GET', `/chat-messages/${first.task_id}/events?user=u`, undefined, { 'last-event-id': whole[4]!.id! })
          ).text(),
        );

        expect(all.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
        expect(whole.map((event) => event.id)).toEqual(Array.from({ length: 22 }, (_, index) => `1-${String(index + 1)}`));
        expect(whole[0]!.data).toEqual(first);
        expect(whole.at(-1)!.data.event).toBe('message_end');
        expect(late).toEqual(whole.slice(5));
      });

      it('should end at once after the last event of a run that is over, and refuse an event that it never had', async () => {
        const { body } = await lab.chat(app, { query: 'SAY short' });
        const path = `/chat-messages/${body.task_id}/events?user=u`;
        const ids = eventsOf(await (await lab.send(app, 'GET', path)).text()).map((event) => event.id!);

        const ended = await lab.send(app, 'GET', path, undefined, { 'last-event-id': ids.at(-1)! });

        expect([ended.status, await ended.text()]).toEqual([200, '']);
        for (const id of [`1-${String(ids.length + 1)}`, '1-999999', '2-1']) {
          const refused = { status: 400, body: { code: 'unknown_event_id', message: expect.stringContaining('or none'), status: 400 } };
          expect(await lab.call(app, 'GET', path, undefined, { 'last-event-id': id })).toMatchObject(refused);
          expect(await lab.call(app, 'GET', `${path}&last_event_id=${id}`)).toMatchObject(refused);
        }
        expect(await lab.call(app, 'GET', path, undefined, { 'last-event-id': 'yesterday' })).toMatchObject({
          status: 400,
          body: { code: 'invalid_param' },
        });
      });

      it('should refuse an event that a run under way never came to yet', async () => {
        const { first, leave } = await begin('SLOW far');

        expect(
          await lab.call(app, 'GET', `/chat-messages/${first.task_id}/events?user=u`, undefined, { 'last-event-id': '1-500' }),
        ).toMatchObject({ status: 400, body: { code: 'unknown_event_id' } });

        leave.abort();
      });

      it('should show a run to nobody but the user who started it', async () => {
        const { body } = await lab.chat(app, { query: 'mine' });

        for (const path of [
          `/chat-messages/${body.task_id}/events?user=stranger`,
          '/chat-messages/no-uuid/events?user=u',
          '/chat-messages/00000000-0000-4000-8000-000000000000/events?user=u',
        ]) {
          expect(await lab.call(app, 'GET', path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
        }
      });

      it('should send event ids in the stream itself where they are asked for', async () => {
        const response = await lab.send(app, 'POST', '/chat-messages?event_ids=true', {
          inputs: {},
          user: 'u',
          query: 'ids',
          response_mode: 'streaming',
        });

        expect(eventsOf(await response.text())[0]!.id).toBe('1-1');
      });
    });

    describe('idempotency keys', () => {
      const counts = () => lab.sql.row('select count(*) from messages');

      it('should run one body once, blocking and streamed', async () => {
        const body = { query: 'only once', user: 'idem' };
        const first = await lab.chat(app, body, { 'idempotency-key': 'k1' });
        const before = await counts();

        const again = await lab.chat(app, { user: 'idem', query: 'only once' }, { 'idempotency-key': 'k1' });

        expect(again).toMatchObject({
          status: 200,
          body: { task_id: first.body.task_id, message_id: first.body.message_id, answer: first.body.answer },
        });
        expect(again.body.metadata).toEqual(first.body.metadata);
        expect(await counts()).toEqual(before);
      });

      it('should let two requests at the same time share a run', async () => {
        const [one, two] = await Promise.all([1, 2].map(() => lab.stream(app, { query: 'SLOW both' }, { 'idempotency-key': 'k2' })));

        expect(two!.map((event) => event.data)).toEqual(one!.map((event) => event.data));
        expect(lab.model.calls.filter((call) => call.messages.at(-1)?.content === 'SLOW both')).toHaveLength(1);
      });

      it('should refuse another body under the same key', async () => {
        await lab.chat(app, { query: 'a' }, { 'idempotency-key': 'k3' });

        expect(await lab.chat(app, { query: 'b' }, { 'idempotency-key': 'k3' })).toMatchObject({
          status: 422,
          body: { code: 'idempotency_key_reused' },
        });
      });

      it('should give the key back when the run was refused', async () => {
        expect(
          (await lab.chat(app, { query: 'x', conversation_id: '00000000-0000-4000-8000-000000000000' }, { 'idempotency-key': 'k4' }))
            .status,
        ).toBe(404);

        expect((await lab.chat(app, { query: 'x' }, { 'idempotency-key': 'k4' })).status).toBe(200);
      });

      it('should tell the error again that the first request got', async () => {
        const first = await lab.chat(app, { query: 'FAIL 500' }, { 'idempotency-key': 'k5' });

        expect(await lab.chat(app, { query: 'FAIL 500' }, { 'idempotency-key': 'k5' })).toMatchObject({
          status: first.status,
          body: first.body,
        });
      });
    });

    describe('a database that does not take what is written', () => {
      const writer = () => lab.app.get(RunWriter, { strict: false });
      const registry = () => lab.app.get(RunRegistry, { strict: false });
      afterEach(() => vi.restoreAllMocks());

      it('should begin nothing when the start can not be stored, also while the model hangs', async () => {
        vi.spyOn(writer(), 'write').mockImplementationOnce(async () => {
          await expect.poll(() => lab.model.calls.some((call) => JSON.stringify(call.messages).includes('never begun'))).toBe(true);
          throw new WriterOverloadedError();
        });

        const answer = await lab.chat(app, { query: 'never begun HANG', response_mode: 'streaming' });

        expect(answer).toMatchObject({ status: 503, body: { code: 'writer_overloaded' } });
        expect(answer.headers.get('retry-after')).toBe('2');
        await expect.poll(() => registry().size).toBe(0);
        await expect.poll(() => lab.model.callOf('never begun').wasCut).toBe(true);
      });

      it('should end a run by itself whose start was committed and never answered', async () => {
        const pool = lab.app.get(OpenedDatabase, { strict: false }).reservedPool;
        const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
        vi.spyOn(pool, 'query').mockImplementation(async (...args: unknown[]) => {
          const answer = await query(...args);
          const { text } = args[0] as { text?: string };
          if (text?.includes('insert into app_runs')) throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
          return answer;
        });
        const before = (await lab.sql.row<{ last: string }>("select coalesce(max(id::text), '') as last from app_runs"))!.last;

        const answer = await lab.chat(app, { query: 'never answered', response_mode: 'streaming' });

        expect(answer).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
        const stored = () =>
          lab.sql.rows<Record<string, unknown>>(
            'select r.state, r.outcome, r.reason, r.fence, m.status, m.query from app_runs r left join messages m on m.id = r.subject_id where r.id::text > $1',
            [before],
          );
        const ended = { state: 'finished', outcome: 'failed', reason: 'database_unavailable', fence: 1, status: 'error' };
        await expect.poll(stored, { timeout: 20_000 }).toEqual([{ ...ended, query: 'never answered' }]);
        expect(registry().size).toBe(0);
      });

      it('should tell an error instead of an end that could not be stored, and keep the message as failed', async () => {
        const write = writer().write.bind(writer());
        vi.spyOn(writer(), 'write')
          .mockImplementationOnce(write)
          .mockRejectedValueOnce(new RowRejectedError('x', new Error('22001')));

        const events = await lab.stream(app, { query: 'refused end' });

        expect(events.some((event) => event.data.event === 'message_end')).toBe(false);
        expect(events.at(-1)!.data).toMatchObject({ event: 'error', status: 500, code: 'internal_server_error' });
        expect(await messageOf(events[0]!.data.id)).toMatchObject({ status: 'error' });
        expect(await runOf(events[0]!.data.task_id)).toEqual({ state: 'finished', outcome: 'failed', reason: 'row_rejected' });
      });
    });

    it('should rebuild a run from its rows when its frames are held nowhere any more, and end one whose process went down', async () => {
      const { body } = await lab.chat(app, { query: 'SAY remembered' });
      const { first } = await begin('cut HANG');

      await lab.stopApp();
      await lab.startApp(ctx.env);

      const rebuilt = eventsOf(await (await lab.send(app, 'GET', `/chat-messages/${body.task_id}/events?user=u`)).text());
      expect(rebuilt.map((event) => event.data)).toMatchObject([
        { event: 'message', answer: 'remembered' },
        { event: 'message_end', metadata: body.metadata, files: null },
      ]);
      const after = async (id: string) => {
        const answer = await lab.send(app, 'GET', `/chat-messages/${body.task_id}/events?user=u`, undefined, { 'last-event-id': id });
        return answer.status === 200 ? eventsOf(await answer.text()) : answer.status;
      };
      expect(await after('1-1')).toEqual(rebuilt);
      expect(await after(rebuilt[0]!.id!)).toEqual(rebuilt.slice(1));
      expect(await after(rebuilt[1]!.id!)).toEqual([]);
      expect(await after('1-1000000003')).toBe(400);
      expect(await after('2-1')).toBe(400);
      expect(await messageOf(first.id)).toMatchObject({
        status: 'error',
        answer: 'cut HANG',
        error: expect.stringContaining('The server stopped'),
      });
      expect(await runOf(first.task_id)).toEqual({ state: 'finished', outcome: 'failed', reason: 'run_interrupted' });
      const told = eventsOf(await (await lab.send(app, 'GET', `/chat-messages/${first.task_id}/events?user=u`)).text());
      expect(told.at(-1)!.data).toMatchObject({ event: 'error', code: 'run_interrupted', status: 503 });
    });

    it('should end a run as failed with a reason when its process died without a word', async () => {
      const { body } = await lab.chat(app, { query: 'SAY x' });
      await lab.sql.run(`update app_runs set state = 'running', outcome = null, reason = null, finished_at = null where id = $1`, [
        body.task_id,
      ]);
      await lab.sql.run(`update messages set answer = '', message_metadata = null where id = $1`, [body.id]);

      await lab.stopApp();
      await lab.startApp(ctx.env);

      await expect
        .poll(() => runOf(body.task_id), { timeout: 20_000 })
        .toEqual({ state: 'finished', outcome: 'failed', reason: 'run_interrupted' });
      expect(await messageOf(body.id)).toMatchObject({ status: 'error', error: expect.stringContaining('Send the message again') });
    });
  },
  { connect: false },
);
