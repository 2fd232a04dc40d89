import { readFileSync } from 'node:fs';
import { UnreadableDocumentError, UnsupportedDocumentError } from './extract.errors.js';
import type { ExtractLimits } from './extract-limits.js';
import { LocalDocumentReader } from './local-document-reader.js';
import { zipOf, type ZipPart } from './testing/zip.factory.js';

function read(
  extension: string | null,
  bytes: Uint8Array | string,
  options: { mimeType?: string; limits?: Partial<ExtractLimits> } = {},
): Promise<string> {
  return new LocalDocumentReader(options.limits).read({ bytes: Buffer.from(bytes), extension, mimeType: options.mimeType ?? null });
}

function readFixture(name: string): Promise<string> {
  return read(name.slice(name.lastIndexOf('.')), readFileSync(new URL(`__fixtures__/${name}`, import.meta.url)));
}

/** Numbers that look random and are the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const lines = (...all: string[]): string => all.join('\n');

describe('LocalDocumentReader', () => {
  describe('texts', () => {
    it.each(['.txt', '.MD', 'mdx', '.html', '.xml', '.ts', '.c++', '.env', '.log', '.vtt'])(
      'should read %s as it is',
      async (extension) => {
        expect(await read(extension, '<h1>ü</h1>\r\n')).toBe('<h1>ü</h1>\r\n');
      },
    );

    it('should read another encoding', async () => {
      expect(await read('.txt', Buffer.from('\uFEFFwörd', 'utf16le'))).toBe('wörd');
    });

    it('should lay JSON out, keeping floats, large integers and what is not ASCII', async () => {
      expect(await read('.json', '{"a":1.0,"b":[12345678901234567890],"ü":"你好","e":[]}')).toBe(
        lines('{', '  "a": 1.0,', '  "b": [', '    12345678901234567890', '  ],', '  "ü": "你好",', '  "e": []', '}'),
      );
    });

    it('should lay all documents of YAML out, keys in their order', async () => {
      const text = lines('# a comment', 'b: 1.0 # one', 'a: {x: [1, "two", \'3\', null]}', 'l:', '  - - 1', '---', 'second: ü', '');

      expect(await read('.yml', text)).toBe(
        lines('b: 1.0', 'a:', '  x:', '  - 1', '  - two', "  - '3'", '  - null', 'l:', '- - 1', '---', 'second: ü', ''),
      );
    });

    it('should not multiply the aliases of YAML', async () => {
      const bomb = lines(
        'a: &a [x, x]',
        ...Array.from('bcdefghijklmnopqrstuvwxyz', (name, index) => `${name}: &${name} [*${'abcdefghijklmnopqrstuvwxy'[index]}, *a]`),
      );

      expect((await read('.yaml', bomb)).length).toBeLessThan(1000);
    });

    it('should write properties as lines of key and value', async () => {
      expect(await read('.properties', '# note\n\na=1=2\nb : x\nflag\n! other\n')).toBe(
        lines('# note', '', 'a: 1=2', 'b: x', 'flag: ', '! other'),
      );
    });

    it('should write cues by speaker where only the MIME type tells that they are some', async () => {
      const cues = lines(
        'WEBVTT - title',
        '',
        'NOTE 00:00 --> is no cue',
        '',
        '1',
        '00:00.000 --> 00:01.000',
        '<v Ada>Hello',
        '',
        '00:01.000 --> 00:02.000',
        '<v.loud Ada>there, <b>you</b></v>',
        '',
        '00:02.000 --> 00:03.000',
        'nobody',
        'says',
        '',
        '00:03.000 --> 00:04.000',
        'anything',
        '',
      );

      expect(await read(null, cues, { mimeType: 'text/vtt; charset=utf-8' })).toBe(
        lines('Ada "Hello there, you"', ' "nobody', 'says"', ' "anything"'),
      );
      expect(await read('.vtt', cues, { mimeType: 'text/vtt' })).toBe(cues);
    });

    it('should make a table of CSV (trace nodes/document-extractor)', async () => {
      expect(await read('.csv', 'a,b\n1,2\n')).toBe('| a | b |\n| - | - |\n| 1 | 2 |\n');
    });

    it('should take CSV as people write it', async () => {
      expect(await read('.csv', '\uFEFFname,"long\nhead"\r\n\r\n"say ""hi""",x"y\nshort\n"a\r\nb",c,d\n')).toBe(
        lines('| name | long head |', '| ---- | --------- |', '| say "hi" | x"y |', '| short |', '| a b | c | d |', ''),
      );
      expect(await read('.csv', '')).toBe('');
    });

    it('should read the body of a mail', async () => {
      const head = lines('From: a@x.test', 'Subject: =?utf-8?B?w7w=?=', 'MIME-Version: 1.0');

      expect(
        await read(
          '.eml',
          lines(head, 'Content-Type: text/plain; charset=gb2312', 'Content-Transfer-Encoding: base64', '', 'xOO6ww==', ''),
        ),
      ).toBe('你好');
      expect(
        await read(
          '.eml',
          lines(
            head,
            'Content-Type: text/html',
            '',
            '<head><title>no</title><style>p{}</style></head><p>Hi <b>you</b> &amp; all</p><p>1 < 2<br>&#x4f60;</p>',
          ),
        ),
      ).toBe(lines('Hi you & all', '1 < 2', '你'));
    });
  });

  describe('files of office programs', () => {
    it('should make a table of every sheet', async () => {
      expect(await readFixture('people.xlsx')).toBe(
        lines(
          '| Name | Age | Born | Paid | Share | Note of two lines |',
          '| ---- | --- | ---- | ---- | ----- | ----------------- |',
          '| Ada | 36 | 1815-12-10 00:00:00 | True | 0.25 | rich text |',
          '| 李雷 | nan | nan | False | 1.5 | 2 |',
          '| nan | 7 | nan | nan | nan | nan |',
          '',
          '| Unnamed: 0 | head | Unnamed: 2 |',
          '| ---------- | ---- | ---------- |',
          '| nan | nan | link |',
          '',
          '',
        ),
      );
    });

    it('should make tables of a workbook before 2007', async () => {
      expect(await readFixture('people.xls')).toBe(
        lines(
          '| Name | Age | Rate | Ok | Born |',
          '| ---- | --- | ---- | -- | ---- |',
          '| Ada | 36 | 1.5 | True | 1815-12-10 00:00:00 |',
          '| 李雷 | nan | 0.25 | False | nan |',
          `| ${'long '.repeat(40).trim()} | 123456789.5 | nan | nan | nan |`,
          '',
          '| Only | formula |',
          '| ---- | ------- |',
          '| 1 | nan |',
          '| 100.01 | nan |',
          '',
          '',
        ),
      );
    });

    it('should read every kind of cell, and texts that go on in the next record', async () => {
      expect(await readFixture('records.xls')).toBe(
        lines(
          '| narrow 你好 | rich | L | F |',
          '| --------- | ---- | - | - |',
          '| 1904-12-31 12:00:00 | 7 | 123.45 | 2.5 |',
          '| -5 | True | nan | text |',
          '| 1.5 | nan | nan | False |',
          '',
          '',
        ),
      );
    });

    it('should read messages of Outlook', async () => {
      expect(await readFixture('plain.msg')).toBe('Hello 你好\nsecond line');
      expect(await readFixture('html.msg')).toBe(`Only HTML\n${'x'.repeat(5000)}`);
    });

    it('should read paragraphs and tables in their order', async () => {
      expect(await readFixture('letter.docx')).toBe(
        lines(
          'A title',
          'First bold words and a link.',
          '',
          '| Key | Value | More |',
          '| --- | --- | --- |',
          '| wide | wide | one<br>two |',
          '| a | tall | b |',
          '| c | tall | d |',
          '',
          'After the table: 你好\ttabbed',
          'next line',
        ),
      );
    });

    it('should read slides in the order they are shown', async () => {
      const text = await readFixture('slides.pptx');

      expect(text.startsWith(lines('Slide one', 'first point', 'second point', 'Slide 2', 'Slide 3'))).toBe(true);
      expect(text.endsWith(lines('Slide 10', 'Slide 11', 'A', 'B', '1', '你好'))).toBe(true);
    });

    it('should make tables of the sheets of OpenDocument', async () => {
      expect(await readFixture('people.ods')).toBe(
        lines(
          '| Name | Age | Rate | Ok |',
          '| ---- | --- | ---- | -- |',
          '| Ada | 36 | 1.5 | True |',
          '| 李雷 | nan | 0.25 | False |',
          '',
          '| Only |',
          '| ---- |',
          '',
          '',
        ),
      );
    });

    const openDocument = (content: string): Buffer =>
      zipOf([{ name: 'content.xml', content: `<office:document-content><office:body>${content}</office:body></office:document-content>` }]);

    it('should read texts of OpenDocument', async () => {
      const text = openDocument(
        `<office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>Title</text:h>
          <text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d <text:span>e</text:span><office:annotation><text:p>a comment</text:p></office:annotation>
            f</text:p>
          <table:table table:name="T"><table:table-row><table:table-cell><text:p>k</text:p><text:p>l</text:p></table:table-cell><table:table-cell><text:p>v</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell/><table:table-cell office:value-type="date" office:date-value="2024-02-29"><text:p>29.2.</text:p></table:table-cell></table:table-row></table:table>
          <text:p>end</text:p></office:text>`,
      );

      expect(await read('.odt', text)).toBe(
        lines('Title', 'a  b\tc', 'd e f', '| k<br>l | v |', '| --- | --- |', '|  | 2024-02-29 00:00:00 |', '', 'end'),
      );
    });

    it('should read presentations of OpenDocument without their notes', async () => {
      const slide = (words: string): string =>
        `<draw:page><draw:frame><draw:text-box><text:p>${words}</text:p><text:p/></draw:text-box></draw:frame><presentation:notes><text:p>note</text:p></presentation:notes></draw:page>`;

      expect(await read('.odp', openDocument(`<office:presentation>${slide('One')}${slide('Two')}</office:presentation>`))).toBe(
        lines('One', 'Two'),
      );
    });

    it('should read the pages of a PDF one behind the other', async () => {
      expect(await readFixture('pages.pdf')).toBe('First page, first line\nsecond line éSecond page');
    });

    it('should read the chapters of a book in reading order', async () => {
      const book = zipOf([
        { name: 'META-INF/container.xml', content: '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>' },
        {
          name: 'OEBPS/book.opf',
          content:
            '<package><manifest><item id="z" href="text/z%20one.xhtml" media-type="application/xhtml+xml"/><item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/><item id="p" href="p.png" media-type="image/png"/></manifest><spine><itemref idref="z"/><itemref idref="p"/><itemref idref="a"/></spine></package>',
        },
        { name: 'OEBPS/text/a.xhtml', content: '<html><head><title>t</title></head><body><p>Second</p></body></html>' },
        { name: 'OEBPS/text/z one.xhtml', content: '<html><body><h1>First</h1><p>with <i>words</i>,&nbsp;&eacute;</p></body></html>' },
      ]);

      expect(await read('.epub', book)).toBe(lines('First', 'with words, &eacute;', 'Second'));
    });
  });

  describe('what it does not take', () => {
    it.each([
      ['.bin', 'text/plain', 'Unsupported Extension Type: .bin'],
      ['.rtf', null, 'Unsupported Extension Type: .rtf'],
      [null, 'image/png', 'Unsupported MIME type: image/png'],
      ['', null, 'Unable to determine file type: MIME type or file extension is missing'],
    ])('should refuse %s of %s', async (extension, mimeType, message) => {
      const reading = read(extension, 'x', mimeType === null ? {} : { mimeType });

      await expect(reading).rejects.toThrow(new UnsupportedDocumentError(message));
      await expect(reading).rejects.toBeInstanceOf(UnsupportedDocumentError);
    });

    it.each([
      ['.json', '{"a":', 'JSON'],
      ['.yaml', 'a: [1', 'YAML'],
      ['.pdf', 'no pdf', 'PDF'],
      ['.docx', 'no zip', 'DOCX'],
      ['.doc', 'x', 'DOC'],
      ['.ppt', 'x', 'PPT: the format of PowerPoint 97 to 2003 is not read; save the document as .pptx'],
      ['.xls', 'no compound file', 'Excel file'],
      ['.msg', '', 'MSG'],
      ['.xlsx', zipOf([{ name: 'other', content: '' }]), 'Excel file'],
      ['.pptx', zipOf([{ name: 'ppt/presentation.xml', content: '<a><b></a>' }]), 'PPTX'],
      ['.epub', zipOf([{ name: 'META-INF/container.xml', content: '<container/>' }]), 'EPUB'],
    ])('should say that a broken %s is broken', async (extension, bytes, kind) => {
      const reading = read(extension, bytes);

      await expect(reading).rejects.toThrow(`Failed to extract text from ${kind}`);
      await expect(reading).rejects.toBeInstanceOf(UnreadableDocumentError);
    });

    it('should leave a sheet that is broken out', async () => {
      const names = ['good', 'broken', 'fine'];
      const workbook = zipOf([
        {
          name: 'xl/workbook.xml',
          content: `<workbook>${names.map((name, index) => `<sheet name="${name}" r:id="r${index}"/>`).join('')}</workbook>`,
        },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: `<Relationships>${names.map((name, index) => `<Relationship Id="r${index}" Type="x/worksheet" Target="${name}.xml"/>`).join('')}</Relationships>`,
        },
        { name: 'xl/good.xml', content: '<worksheet><row><c t="inlineStr"><is><t>a</t></is></c></row></worksheet>' },
        { name: 'xl/broken.xml', content: '<worksheet><row>' },
        { name: 'xl/fine.xml', content: '<worksheet><row><c><v>1</v></c></row></worksheet>' },
      ]);

      expect(await read('.xlsx', workbook)).toBe(lines('| a |', '| - |', '', '| 1 |', '| - |', '', ''));
    });

    it('should end when nobody waits any more', async () => {
      const controller = new AbortController();
      controller.abort(new Error('stopped'));

      await expect(
        new LocalDocumentReader().read({ bytes: Buffer.from('x'), extension: '.txt', mimeType: null, signal: controller.signal }),
      ).rejects.toThrow('stopped');
    });
  });

  describe('hostile files', () => {
    const wordOf = (content: string | Uint8Array, more: Partial<ZipPart> = {}): Buffer =>
      zipOf([{ name: 'word/document.xml', content, ...more }]);
    const paragraph = (text: string): string => `<w:document><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
    const heapGrowth = async (work: () => Promise<unknown>): Promise<number> => {
      const before = process.memoryUsage().rss;
      await work();
      return process.memoryUsage().rss - before;
    };

    it('should refuse an archive that unfolds to too much', async () => {
      const bomb = wordOf(Buffer.alloc(300 * 1024 * 1024, ' '));

      const growth = await heapGrowth(() => expect(read('.docx', bomb)).rejects.toThrow(/unpacks to more than \d+ MiB/));

      expect(growth).toBeLessThan(64 * 1024 * 1024);
    });

    it('should not believe what an archive says of its sizes', async () => {
      const bomb = wordOf(Buffer.alloc(100 * 1024 * 1024, ' '), { claimedSize: 100 });

      const growth = await heapGrowth(() => expect(read('.docx', bomb)).rejects.toThrow('Failed to extract text from DOCX'));

      expect(growth).toBeLessThan(64 * 1024 * 1024);
    });

    it('should take a small archive whatever its ratio', async () => {
      expect(await read('.docx', wordOf(paragraph('x'.repeat(1_000_000))))).toHaveLength(1_000_000);
    });

    it('should refuse too many parts, and a locked one', async () => {
      const parts = Array.from({ length: 20 }, (_, index) => ({ name: `p${index}`, content: '' }));

      await expect(read('.docx', zipOf(parts), { limits: { maxParts: 10 } })).rejects.toThrow('more than 10 parts');
      await expect(read('.docx', wordOf('x', { isEncrypted: true }))).rejects.toThrow('locked with a password');
    });

    it('should not multiply entities', async () => {
      const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${paragraph('&b;')}`;

      await expect(read('.docx', wordOf(laughs))).rejects.toThrow('its XML is broken');
    });

    it('should refuse XML that nests too deeply', async () => {
      await expect(read('.docx', wordOf('<w:tbl>'.repeat(1_000_000)))).rejects.toThrow('nested deeper');
    });

    it('should refuse a sheet whose one far cell makes every row wide', async () => {
      const rows = '<row><c r="A1"><v>1</v></c></row>'.repeat(20_000);
      const bomb = zipOf([
        { name: 'xl/workbook.xml', content: '<workbook><sheet name="s" r:id="r"/></workbook>' },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: '<Relationships><Relationship Id="r" Type="x/worksheet" Target="s.xml"/></Relationships>',
        },
        { name: 'xl/s.xml', content: `<worksheet><row><c r="XFD1"><v>1</v></c></row>${rows}</worksheet>` },
      ]);

      await expect(read('.xlsx', bomb)).rejects.toThrow('it has more than 32000000 characters');
    });

    it('should take empty cells that stand for thousands, and refuse full ones', async () => {
      const sheet = (first: string): Buffer =>
        zipOf([
          {
            name: 'content.xml',
            content: `<b><table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384">${first}</table:table-cell></table:table-row></table:table></b>`,
          },
        ]);

      expect(await read('.ods', sheet(''))).toBe('');
      await expect(read('.ods', sheet('<text:p>x</text:p>'))).rejects.toThrow('a sheet has more than');
    });

    it('should refuse a table whose cells are all very wide', async () => {
      const row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr></w:tc></w:tr>';

      await expect(read('.docx', wordOf(`<w:document><w:tbl>${row.repeat(100_000)}</w:tbl></w:document>`))).rejects.toThrow(
        'more than 1000000 cells',
      );
    });

    it.each(['people.xls', 'records.xls', 'plain.msg', 'people.xlsx', 'people.ods', 'letter.docx', 'slides.pptx', 'pages.pdf'])(
      'should end with a text or a reason for %s with any bytes broken',
      async (name) => {
        const random = seeded(name.length);
        const original = readFileSync(new URL(`__fixtures__/${name}`, import.meta.url));
        for (let round = 0; round < 60; round += 1) {
          const bytes = Buffer.from(original).subarray(0, random() < 0.2 ? Math.floor(random() * original.length) : original.length);
          for (let flips = Math.ceil(random() * 20); flips > 0 && bytes.length > 0; flips -= 1)
            bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);

          const outcome = await read(name.slice(name.lastIndexOf('.')), bytes).catch((error: unknown) => error);

          if (typeof outcome !== 'string') expect(outcome).toBeInstanceOf(UnreadableDocumentError);
        }
      },
    );

    it.each([
      ['unclosed tags', '<a '.repeat(300_000)],
      ['unclosed comments', '<!--'.repeat(300_000)],
      ['ampersands', '&'.repeat(1_000_000)],
      ['angles', '<'.repeat(1_000_000)],
    ])('should read a mail of %s in time', async (_, html) => {
      const started = performance.now();

      await read('.eml', `Content-Type: text/html\r\n\r\n${html}`);

      expect(performance.now() - started).toBeLessThan(3000);
    });

    it('should refuse JSON that nests too deeply', async () => {
      await expect(read('.json', '['.repeat(200_000))).rejects.toThrow('Failed to extract text from JSON');
    });
  });
});
