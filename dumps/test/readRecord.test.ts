import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonWriter, part } from '../src/json/jsonWriter.ts';
import { nameNumber } from '../src/xml/nameNumbers.ts';
import { Names } from '../src/xml/names.ts';
import { RecordReader } from '../src/xml/readRecord.ts';
import { RecordTree } from '../src/xml/recordTree.ts';
import { byRecordReader, bySaxes } from './support/plainTree.ts';

const name = fc.stringMatching(/^[a-z][a-zA-Z0-9_-]{0,11}$/);
const white = fc.constantFrom('', ' ', '\n', '\r\n', '\t ', '\r');
const special = fc.constantFrom(
  '&amp;',
  '&lt;',
  '&gt;',
  '&quot;',
  '&apos;',
  '&#13;',
  '&#9;',
  '&#228;',
  '&#xE4;',
);
const longer = fc.constantFrom('&#x1F3B5;', '&#127925;', '&#8531;', '&#1575;', '&#x10FFFF;');
const letters = fc.constantFrom(
  'Nordwind',
  'é',
  '日本',
  '🎵',
  '\r\n',
  '\r',
  '\n',
  '\t',
  '"',
  "'",
  '>',
  ']',
  '\\',
  ' ',
);
const text = fc.array(fc.oneof(special, longer, letters), { maxLength: 6 }).map((parts) => parts.join(''));
const attribute = fc
  .tuple(name, text, fc.constantFrom('"', "'"), white, white)
  .map(([key, value, quote, before, after]) => ({
    key,
    source: ` ${before}${key}${after}=${before}${quote}${value.replaceAll(quote, '')}${quote}`,
  }));
const attributes = fc
  .uniqueArray(attribute, { maxLength: 3, selector: ({ key }) => key })
  .map((list) => list.map(({ source }) => source).join(''));

/** A well-formed element: empty, with text, or with elements and white space between them. */
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(name, attributes, fc.oneof(text, fc.array(tie('element'), { maxLength: 4 })), white, fc.boolean())
    .map(([tag, list, content, space, isShort]) => {
      const inside =
        typeof content === 'string' ? content : content.map((child) => space + child).join('') + space;
      return inside === '' && isShort
        ? `<${tag}${list}${space}/>`
        : `<${tag}${list}${space}>${inside}</${tag}${space}>`;
    }),
}));

test('every well-formed element is read as saxes reads it, whatever stands before and after it', () => {
  fc.assert(
    fc.property(element, fc.constantFrom('', '<a>é</a>', 'x'), (xml, around) => {
      expect(byRecordReader(xml, around, around)).toEqual(bySaxes(xml));
    }),
    { numRuns: 300 },
  );
});

test('damage in an element is an error or another tree, and never ends in anything else', () => {
  fc.assert(
    fc.property(
      element,
      fc.nat(),
      fc.constantFrom('', '<', '>', '"', '&', '/', '\u0000'),
      (xml, position, instead) => {
        const at = position % xml.length;
        const damaged = xml.slice(0, at) + instead + xml.slice(at + 1);
        try {
          byRecordReader(damaged);
        } catch (error) {
          expect(error).toMatchObject({ name: 'MalformedRecord' });
        }
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['', 'no element'],
  ['text', 'no element'],
  ['<a>', 'ends before its end tag'],
  ['<a', 'ends inside a tag'],
  ['<a><b></a>', 'another end tag than expected'],
  ['<a></b>', 'another end tag than expected'],
  ['<a></aa>', 'another end tag than expected'],
  ['<a/><b/>', 'something after the end tag'],
  ['<a b/>', 'an attribute without value'],
  ['<a b=c/>', 'an attribute without quotes'],
  ['<a b="<"/>', '`<` in an attribute'],
  ['<a =""/>', 'no name of an attribute'],
  ['<a / >', 'a tag without end'],
  ['<a><!-- x --></a>', 'a comment, CDATA or instruction'],
  ['<a><![CDATA[x]]></a>', 'a comment, CDATA or instruction'],
  ['<a>< b/></a>', 'a tag without name'],
  ['<a>'.repeat(80) + '</a>'.repeat(80), 'too deep'],
])('%j cannot be read: %s', (xml, problem) => {
  expect(() => byRecordReader(xml)).toThrow(problem);
});

test.each([
  ['a lone &', 'a lone &'],
  [
    '&nothing; &#; &#x; &#xG; &#1114112; &#99999999999999999;',
    '&nothing; &#; &#x; &#xG; &#1114112; &#99999999999999999;',
  ],
  ['&#0000228;', 'ä'],
  ['\u0001 and &#1; and &#0;', '\u0001 and \u0001 and \u0000'],
  ['&#55356;&#57269;', '🎵'],
  ['&amp;amp;', '&amp;'],
])('the text %j, which saxes refuses or dumps may have, reads %j', (source, expected) => {
  expect(byRecordReader(`<a>${source}</a>`).text).toBe(expected);
});

const asReference = (character: string): string => `&#${character.charCodeAt(0)};`;

/** What is written between quotes, as JSON reads it. */
function written(write: (out: JsonWriter) => void): unknown {
  const out = new JsonWriter();
  out.raw(part('"'));
  write(out);
  out.raw(part('"'));
  return JSON.parse(Buffer.from(out.take()).toString());
}

test('what is written of a text with references and without is what is read of it', () => {
  const source = fc.array(
    fc.oneof(special, longer, letters, fc.constantFrom('&', '&;', '&#;', '&#x;', '&lo;')),
  );
  fc.assert(
    fc.property(
      source.map((parts) => parts.join('')),
      (value) => {
        const bytes = Buffer.from(`<a b="${value.replaceAll('"', '')}">${value}</a>`);
        const tree = new RecordTree();
        new RecordReader(new Names([]), tree).read(bytes, 0, bytes.length);
        expect(written((out) => tree.writeText(out, tree.root))).toBe(tree.text(tree.root));
        const attribute = tree.attribute(tree.root, nameNumber('b'));
        expect(written((out) => tree.writeAttribute(out, tree.root, nameNumber('b')))).toBe(attribute);
      },
    ),
  );
});

test('a text that is no UTF-8 is written as it is read', () => {
  const bytes = Buffer.from('<a>\xff and \xe9</a>', 'latin1');
  const tree = new RecordTree();
  new RecordReader(new Names([]), tree).read(bytes, 0, bytes.length);
  expect(written((out) => tree.writeText(out, tree.root))).toBe('\ufffd and \ufffd');
});

test('what was taken of a writer stays as it is', () => {
  const out = new JsonWriter();
  const taken = Array.from({ length: 40 }, (_, index) => {
    out.text(String(index % 10).repeat(50_000));
    return out.take();
  });
  expect(taken.map((bytes) => Buffer.from(bytes).toString())).toEqual(
    taken.map((_, index) => String(index % 10).repeat(50_000)),
  );
});

test('texts become JSON strings, whatever they hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const escaped = value.replace(/[&<>\r]/g, asReference);
      const bytes = Buffer.from(`<a b="${escaped.replace(/["\t\n]/g, asReference)}">${escaped}</a>`);
      const tree = new RecordTree();
      new RecordReader(new Names([]), tree).read(bytes, 0, bytes.length);
      const inUtf8 = Buffer.from(value).toString();
      expect(written((out) => tree.writeText(out, tree.root))).toBe(inUtf8);
      expect(written((out) => tree.writeAttribute(out, tree.root, nameNumber('b')))).toBe(inUtf8);
    }),
    { numRuns: 50 },
  );
});

test('a name of no known shape is still known after its bytes were overwritten', () => {
  const tree = new RecordTree();
  const reader = new RecordReader(new Names([]), tree);
  const bytes = Buffer.alloc(100);
  for (const xml of ['<a><lyrics>1</lyrics></a>', '<a><b/><lyrics>2</lyrics></a>']) {
    const length = bytes.write(xml);
    reader.read(bytes, 0, length);
    expect(tree.text(tree.child(tree.root, nameNumber('lyrics')))).toBe(xml.includes('1') ? '1' : '2');
  }
});

test('a record of a million elements is not read', () => {
  expect(() => byRecordReader(`<a>${'<b/>'.repeat(1 << 20)}</a>`)).toThrow('too many elements');
});

test('names of random letters do not fill the memory', () => {
  const many = Array.from({ length: 3000 }, (_, index) => `<n${index}/>`).join('');
  expect(() => byRecordReader(`<a>${many}</a>`)).toThrow('too many different names');
});
