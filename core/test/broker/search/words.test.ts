import { describe, expect, it } from '@jest/globals';
import { normalize } from '../../../src/broker/search/normalize.ts';
import { containsWords, sameWords } from '../../../src/broker/search/words.ts';

describe('a normalized text', () => {
  it.each([
    ['  The   Dark\tSide ', 'the dark side'],
    ['AC/DC', 'ac-dc'],
    ['M.I.A.', 'm-i-a'],
    ['hip-hop — don’t “stop”', 'hip-hop don-t stop'],
    ['A$AP Rocky & Joey Bada$$', 'asap rocky and joey badass'],
    ['P!nk', 'pink'],
    ['!!!', '!!!'],
    ['! ! !', '!!!'],
    ['…', '...'],
    ['Straße ẞ', 'strasse ss'],
    ['İstanbul ısı', 'istanbul isi'],
    ['ΟΔΥΣΣΕΥΣ Ὀδυσσεύς', 'οδυσσευσ οδυσσευσ'],
    ['Ёлка й', 'елка й'],
    ['ﾊﾞｽ', 'バス'],
    ['हिन्दी', 'हिन्दी'],
    ['Foo™ №', 'foo no'],
    ['Pt. II, Vol. Three', 'part 2 volume 3'],
    ['II Part', 'ii part'],
    ['10,000 1.5 85-92', '10000 1 5 85 92'],
    ["Rock'n'Roll, Rock 'n' Roll", 'rock and roll rock and roll'],
    ['M.N.O.', 'm-n-o'],
    ['a\u200bb\ud800', 'ab'],
    ['\u200b \u0301', ''],
  ])('of %j is %j', (text, expected) => {
    expect(normalize(text)).toBe(expected.normalize('NFC'));
  });
});

describe('the same words', () => {
  it.each([
    ['ac-dc', 'acdc', true],
    ['ac-dc', 'ac dc', true],
    ['ac dc', 'acdc', false],
    ['don-t hip-hop', 'dont hip hop', true],
    ['a-b', 'a-b-c', false],
    ['a', 'a b', false],
    ['', '', false],
    ['!', '', false],
    ['-', '!', false],
    ['-', '', false],
    ['-', '-', true],
  ])('in "%s" and "%s": %s', (one, two, expected) => {
    expect(sameWords(one, two)).toBe(expected);
  });
});

describe('words within words', () => {
  it.each([
    ['canned heat', 'can', false],
    ['tin can', 'can', true],
    ['can we', 'can', true],
    ['we can-t', 'can', true],
    ['toucan', 'can', false],
    ['blue monday 1988', 'blue monday', true],
    ['blue black monday', 'blue monday', false],
    ['宇多田ヒカル全集', 'ヒカル', true],
    ['what', '!', false],
    ['!', '!', true],
    ['a', '', false],
  ])('"%s" holds "%s": %s', (text, wanted, expected) => {
    expect(containsWords(text, wanted)).toBe(expected);
  });
});
