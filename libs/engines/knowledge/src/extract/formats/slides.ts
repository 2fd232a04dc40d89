import { readXml } from '../archive/read-xml.js';
import { relationshipsOf } from '../archive/relationships.js';
import type { ZipArchive } from '../archive/zip-archive.js';
import type { BoundedText } from '../bounded-text.js';

const PRESENTATION = 'ppt/presentation.xml';

/** Writes the paragraphs of a presentation's slides (ECMA-376 part 1, 19), in the order they are shown, a line each. */
export async function readSlides(archive: ZipArchive, text: BoundedText): Promise<void> {
  const relationships = await relationshipsOf(archive, PRESENTATION);
  const order: string[] = [];
  readXml(await archive.need(PRESENTATION), {
    open: (name, attributes) => {
      // Its own `id` is the slide's number; the relationship's stands under a prefix.
      const id = Object.keys(attributes).find((key) => key.endsWith(':id'));
      const target = name === 'sldId' && id !== undefined ? relationships.get(attributes[id] as string)?.target : undefined;
      if (target !== undefined) order.push(target);
    },
  });
  for (const part of order) {
    const slide = await archive.read(part);
    if (slide !== null) readSlide(slide, text);
  }
}

function readSlide(xml: Uint8Array, text: BoundedText): void {
  let paragraph = '';
  let isText = false;
  readXml(xml, {
    open: (name) => {
      if (name === 'p') paragraph = '';
      else if (name === 't') isText = true;
      else if (name === 'br') paragraph += ' ';
    },
    text: (piece) => {
      if (isText) paragraph += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      if (name !== 'p' || paragraph.trim() === '') return;
      text.add(`${paragraph.trim()}\n`);
      paragraph = '';
    },
  });
}
