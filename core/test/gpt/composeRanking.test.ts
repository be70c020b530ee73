/** How candidates are ranked, as tables. */
import { describe, expect, it } from '@jest/globals';
import { hasValidCheckDigit, isSameBarcode, otherSpelling } from '../../src/gpt/compose/barcode.ts';
import { judge, rank } from '../../src/gpt/compose/ranking.ts';
import { similarity } from '../../src/gpt/compose/similarity.ts';

const post = {
  id: 593743,
  title: 'Björk - Post',
  year: '1995',
  country: 'Canada',
  catno: 'CD 61740',
  format: ['CD', 'Album'],
  barcode: ['0 7559-61740-2 2', 'MFG BY CINRAM #950531EE CD-61740 L381'],
};

describe('the verdict on a row', () => {
  it.each([
    [{ barcode: '075596174022' }, ['barcode'], []],
    [{ barcode: '75596174022' }, ['barcode'], []],
    [{ barcode: '0075596174022' }, ['barcode'], []],
    [{ barcode: '075596174023' }, [], ['barcode is 0 7559-61740-2 2, MFG BY CINRAM #950531EE CD-61740 L381']],
    [{ matrix: 'cinram 950531ee' }, ['matrix'], []],
    [{ catno: 'cd-61740' }, ['catno'], []],
    [{ catno: 'CD 6174' }, [], ['catno is CD 61740']],
    [{ artist: 'bjork', title: 'POST' }, ['title', 'artist'], []],
    [{ title: 'Posts' }, ['title nearly'], []],
    [{ artist: 'Nirvana' }, [], ['artist is Björk']],
    [{ country: 'canada', year: '1996', format: 'cd' }, ['country', 'format'], ['year is 1995']],
  ])('of %j is fit for %j and differs in %j', (known, why, differs) => {
    expect(judge(post, known)).toMatchObject({ why, differs });
  });

  it('says nothing of what the row does not tell', () => {
    expect(judge({ title: 'Post' }, { catno: 'X', artist: 'Y', barcode: '1' })).toMatchObject({
      why: [],
      differs: [],
      score: 0,
    });
  });
});

const row = (id: number, title: string, more: object = {}) => ({ id, title, ...more });

describe('ranking', () => {
  it.each([
    [
      'a barcode before a title',
      { barcode: '123456', title: 'Post' },
      [row(1, 'A - Post', { barcode: ['99'] }), row(2, 'A - Other', { barcode: ['1 23456'] })],
      [2, 1],
    ],
    [
      'a catalogue number before a year',
      { catno: 'X 1', year: '1990' },
      [row(1, 'A - B', { year: '1990' }), row(2, 'A - B', { catno: 'X1', year: '1991' })],
      [2, 1],
    ],
    [
      'the artist who is spelled nearly so before others',
      { artist: 'Nirvanna', title: 'Bleach' },
      [row(1, 'Somebody - Bleach'), row(2, 'Nirvana - Bleach')],
      [2, 1],
    ],
    [
      'of equals the one that more people have',
      { title: 'Post' },
      [row(1, 'A - Post', { community: { have: 3 } }), row(2, 'B - Post', { community: { have: 30 } })],
      [2, 1],
    ],
    ['the order of Discogs where nothing tells them apart', {}, [row(2, 'A'), row(1, 'B')], [2, 1]],
  ])('puts %s', (_, known, rows, ids) => {
    expect(rank(rows, known).map((candidate) => candidate.row['id'])).toEqual(ids);
  });
});

describe('barcodes', () => {
  it.each([
    ['075596174022', '0075596174022'],
    ['0075596174022', '075596174022'],
    ['75596174022', '075596174022'],
    ['5012394144777', undefined],
    ['12345', undefined],
  ])('%s is also written %s', (digits, other) => {
    expect(otherSpelling(digits)).toBe(other);
    if (other !== undefined) expect(isSameBarcode(digits, other)).toBe(true);
  });

  it('are not the same where they have no digits', () => {
    expect(isSameBarcode('none', '')).toBe(false);
  });

  it.each([
    ['5012394144777', true],
    ['5012394144778', false],
    ['075596174022', true],
    ['075596174202', false],
    ['1234', true],
  ])('%s has a check digit that may be right: %s', (digits, isValid) => {
    expect(hasValidCheckDigit(digits)).toBe(isValid);
  });
});

describe('similarity', () => {
  it.each([
    ['Björk', 'BJORK', 1, 1],
    ['Rick Astly', 'Rick Astley', 0.8, 0.99],
    ['Nirvana', 'The Cure', 0, 0.2],
    ['', 'x', 0, 0],
    ['宇多田ヒカル', '宇多田ヒカル', 1, 1],
  ])('of %s and %s is from %d to %d', (one, other, least, most) => {
    expect(similarity(one, other)).toBeGreaterThanOrEqual(least);
    expect(similarity(one, other)).toBeLessThanOrEqual(most);
  });
});
