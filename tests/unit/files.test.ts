// What is taken for a file, by its first bytes alone; and bytes as text and back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extensionOf, typeOfContent } from '../../shared/domain/files/fileRef.ts';
import { fromBase64, toBase64 } from '../../shared/kernel/base64.ts';
import { jpegOf, pngOf } from '../world/pictures.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what a file is', () => {
  test.each([
    ['a JPEG', jpegOf('x'), { type: 'image/jpeg' }],
    ['a PNG', pngOf('x'), { type: 'image/png' }],
    ['a PDF', bytes('%PDF-1.7 '), { type: 'application/pdf' }],
    ['nothing', new Uint8Array(0), { fault: 'file.empty' }],
    ['a drawing with a program in it', bytes('<svg onload="alert(1)"/>'), { fault: 'file.notKnown' }],
    ['a program', bytes('MZ and so on'), { fault: 'file.notKnown' }],
    ['a page', bytes('<html>%PDF-'), { fault: 'file.notKnown' }],
    ['a JPEG cut before its frame', jpegOf('x').slice(0, 12), { fault: 'file.notKnown' }],
    ['a PNG cut in its header', pngOf('x').slice(0, 20), { fault: 'file.notKnown' }],
    ['a JPEG of no height', jpegOf('x', { height: 0 }), { fault: 'file.tooWide' }],
    ['a JPEG that fills a memory', jpegOf('x', { width: 65_000, height: 65_000 }), { fault: 'file.tooWide' }],
    ['a JPEG of more bytes than may leave', jpegOf('x', { bytes: 5_001 }), { fault: 'file.tooBig' }],
  ])('%s', (_what, content, wanted) => {
    expect(typeOfContent(content, 5_000 + (content[0] === 0x89 ? 100_000 : 0))).toEqual(wanted);
  });

  test('whatever the bytes are, something is said and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (content, asJpeg) => {
        if (asJpeg) content.set([0xff, 0xd8, 0xff].slice(0, content.length));
        const looked = typeOfContent(content, 1_000);
        expect('type' in looked ? extensionOf(looked.type).length : looked.fault.length).toBeGreaterThan(2);
      }),
    );
  });
});

describe('bytes as text', () => {
  test('come back as they were, and read as everybody else writes them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        const text = toBase64(content);
        expect(text).toBe(Buffer.from(content).toString('base64'));
        expect(fromBase64(text)).toEqual(content);
      }),
    );
  });

  test.each(['a', 'ab', 'abc', 'ab=c', '====', 'ab\n=', 'é234', '{"a":1}'])('%s is none', (text) => {
    expect(fromBase64(text)).toBeNull();
  });
});
