import { toolSays, type TestCall } from '../../testing/call-tool.js';
import { CountingSummarizer, OnePage } from '../../testing/web-doubles.js';
import { webscraperProvider } from './webscraper.provider.js';

const paragraph = (about: string): string =>
  `<p>This is what the page has to say about ${about}, at some length, so that it is taken for an article, with <a href="/x">a link</a> in it.</p>`;
const article = `<!doctype html><html><head><title>Apples &amp; pears | Fruit</title><meta name="author" content="Ada"><style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav>
<article><h1>Apples &amp; pears</h1>${['apples', 'pears', 'plums'].map(paragraph).join('\n')}
<ul><li>red</li><li>green</li></ul>
<table><tr><th>Fruit</th><th>Price</th></tr><tr><td>Apple</td><td>2</td></tr></table>
<pre>one
  two</pre><script>alert("no")</script></article>
<footer>Imprint</footer></body></html>`;

function scrape(web: OnePage, call: TestCall = {}): Promise<string> {
  return toolSays(webscraperProvider, 'webscraper', {
    given: { url: 'https://fruit.test/apples' },
    ...call,
    ports: { web, ...call.ports },
  });
}

describe('webscraper', () => {
  it('should read the article of a page, without what is around it', async () => {
    const web = new OnePage({ body: article });
    const text = await scrape(web, { settings: { user_agent: null } });
    expect(text.split('\n')[0]).toMatch(/^TITLE: Apples & pears/);
    expect(text).toContain('AUTHOR: Ada');
    expect(text).toContain('has to say about pears, at some length, so that it is taken for an article, with a link in it.\n\nThis is');
    expect(text).toContain('\n\n- red\n- green\n\nFruit | Price\nApple | 2\n\none\n  two');
    expect(text).not.toMatch(/Imprint|alert|color|Home/);
    expect(web.requests[0]).toMatchObject({
      url: 'https://fruit.test/apples',
      userAgent: expect.stringContaining('Chrome/100'),
      maxBytes: 2097152,
    });
  });

  it('should find the title of a page without a head', async () => {
    const body = `<title>Fruit</title><article>${['apples', 'pears', 'plums'].map(paragraph).join('')}</article>`;
    expect(await scrape(new OnePage({ body }))).toMatch(/^TITLE: Fruit\n\nThis is what the page has to say about apples/);
  });

  it('should name the browser it is told to', async () => {
    const web = new OnePage({ body: 'x' });
    await scrape(web, { settings: { user_agent: 'Baya/1' } });
    expect(web.requests[0]?.userAgent).toBe('Baya/1');
  });

  it('should take all the text of a page without an article', async () => {
    expect(await scrape(new OnePage({ body: '<title>Hi</title><div>one</div><div>two <b>bold</b></div>' }))).toBe(
      'TITLE: Hi\n\none\ntwo bold',
    );
    expect(await scrape(new OnePage({ body: 'no mark at all' }))).toBe('no mark at all');
    expect(await scrape(new OnePage({ body: '' }))).toBe('');
  });

  it('should read texts as they are, in their character set', async () => {
    expect(await scrape(new OnePage({ contentType: 'application/json', body: '{"a": 1}' }))).toBe('{"a": 1}');
    expect(await scrape(new OnePage({ contentType: 'text/plain; charset=gb18030', body: Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3) }))).toBe(
      '你好',
    );
    const page = Buffer.concat([Buffer.from('<meta charset="shift_jis"><p>'), Uint8Array.of(0x93, 0xfa, 0x96, 0x7b)]);
    expect(await scrape(new OnePage({ contentType: 'text/html', body: page }))).toBe('日本');
    expect(await scrape(new OnePage({ contentType: 'text/plain; charset=nonsense', body: 'x' }))).toBe('x');
  });

  it('should say what it can not read', async () => {
    expect(await scrape(new OnePage({ status: 404 }))).toBe('URL returned status code 404.');
    expect(await scrape(new OnePage({ contentType: 'application/zip' }))).toBe('Unsupported content-type [application/zip] of URL.');
    expect(await scrape(new OnePage({}), { given: { url: ' ' } })).toBe('Please input url');
    await expect(scrape(new OnePage(new Error('127.0.0.1 is a private address')))).rejects.toMatchObject({
      name: 'ToolInvokeError',
      message: '127.0.0.1 is a private address',
    });
    await expect(toolSays(webscraperProvider, 'webscraper', { given: { url: 'https://x.test' } })).rejects.toThrow(
      'the port `web` is missing',
    );
  });

  it('should sum a page up on demand, a long one in pieces', async () => {
    const summarizer = new CountingSummarizer();
    const ports = { summarizer };
    expect(await scrape(new OnePage({ contentType: 'text/plain', body: 'short' }), { settings: { generate_summary: 'true' }, ports })).toBe(
      '1: 5 characters',
    );
    expect(summarizer.asked[0]?.[0]?.role).toBe('system');
    const long = 'a line of twenty-odd\n'.repeat(1000);
    expect(await scrape(new OnePage({ contentType: 'text/plain', body: long }), { settings: { generate_summary: true }, ports })).toMatch(
      /^4: \d\d characters$/,
    );
    expect(summarizer.asked.slice(1, 3).map((messages) => (messages[1]?.content as string).length)).toEqual([11_990, 9010]);
    expect(await scrape(new OnePage({ body: 'x' }), { settings: { generate_summary: 'false' }, ports })).toBe('x');
    await expect(scrape(new OnePage({ body: 'x' }), { settings: { generate_summary: 'true' } })).rejects.toThrow(
      'the port `summarizer` is missing',
    );
  });

  it('should read a page that is made to take for ever, in little time and without holding others up', async () => {
    let turns = 0;
    const others = setInterval(() => (turns += 1), 20);
    const start = performance.now();
    const body = '<div>'.repeat(20_000) + 'deep' + '</div>'.repeat(20_000);
    expect(await scrape(new OnePage({ body }))).toBe('deep');
    clearInterval(others);
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(turns).toBeGreaterThan(50);
  });

  it('should read a page with endless attributes', async () => {
    expect(await scrape(new OnePage({ body: `<p ${'a="b" '.repeat(50_000)}>attributes</p>` }))).toBe('attributes');
  });

  it('should stop reading with the run', async () => {
    const controller = new AbortController();
    const body = '<div>'.repeat(20_000);
    const reading = scrape(new OnePage({ body }), { signal: controller.signal });
    setTimeout(() => {
      controller.abort(new Error('enough'));
    }, 200);
    await expect(reading).rejects.toThrow('enough');
  });
});
