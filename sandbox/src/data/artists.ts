/** What is known about artists beyond their name. Artists named only on a record get an entry with a composed id. */
import type { ArtistFacts } from './facts.ts';

export const ARTISTS: readonly ArtistFacts[] = [
  { name: 'The Persuader', id: 1, realname: 'Jesper Dahlbäck' },
  { name: 'Various', id: 194 },
  {
    name: 'Nickelback',
    id: 108713,
    profile: 'Canadian rock band from Hanna, Alberta, formed in 1995.\r\nSinger: [a=Chad Kroeger].',
    urls: ['http://www.nickelback.com/', 'http://en.wikipedia.org/wiki/Nickelback'],
    namevariations: ['Nickleback'],
    members: ['Chad Kroeger', 'Ryan Peake', 'Mike Kroeger', 'Daniel Adair', '-Ryan "Vik" Vikedal'],
  },
  { name: 'Chad Kroeger', id: 270222 },
  { name: 'Ryan "Vik" Vikedal', id: 685756 },
  {
    name: 'Rick Astley',
    id: 72872,
    realname: 'Richard Paul Astley',
    urls: ['https://www.rickastley.co.uk/'],
  },
  { name: 'Me Company', id: 547352 },
  {
    name: 'Stock, Aitken & Waterman',
    id: 20942,
    namevariations: ['SAW', 'Stock / Aitken / Waterman'],
    members: ['Mike Stock', 'Matt Aitken', 'Pete Waterman'],
  },
  {
    name: 'Nirvana',
    id: 125246,
    profile:
      'Rock band from Aberdeen, Washington, formed by [a=Kurt Cobain] and [a=Krist Novoselic] in 1987.',
    urls: ['https://www.nirvana.com/'],
    members: ['Kurt Cobain', 'Krist Novoselic', 'Dave Grohl', '-Chad Channing'],
  },
  {
    name: 'The Cure',
    id: 28972,
    urls: ['https://www.thecure.com/'],
    members: ['Robert Smith', 'Simon Gallup', '-Lol Tolhurst', '-Porl Thompson', '-Boris Williams'],
  },
  {
    name: 'Daft Punk',
    id: 1289,
    profile: 'French duo, 1993 to 2021.',
    urls: ['https://daftpunk.com/'],
    members: ['Thomas Bangalter', 'Guy-Manuel de Homem-Christo'],
  },
  { name: 'Aphex Twin', id: 45, realname: 'Richard David James', aliases: ['AFX', 'Polygon Window'] },
  { name: 'Boards Of Canada', id: 2373, members: ['Michael Sandison', 'Marcus Eoin'] },
  {
    name: 'Radiohead',
    id: 3840,
    members: ['Thom Yorke', 'Jonny Greenwood', 'Colin Greenwood', "Ed O'Brien", 'Philip Selway'],
  },
  {
    name: 'Pink Floyd',
    id: 45467,
    members: ['David Gilmour', 'Nick Mason', '-Roger Waters', '-Richard Wright', '-Syd Barrett'],
  },
  {
    name: 'The Beatles',
    id: 82730,
    members: ['John Lennon', 'Paul McCartney', 'George Harrison', 'Ringo Starr'],
  },
  {
    name: 'Joy Division',
    id: 3898,
    members: ['Ian Curtis', 'Bernard Sumner', 'Peter Hook', 'Stephen Morris'],
  },
  { name: 'New Order', members: ['Bernard Sumner', 'Stephen Morris', 'Gillian Gilbert', '-Peter Hook'] },
  {
    name: 'Metallica',
    id: 18839,
    members: ['James Hetfield', 'Lars Ulrich', 'Kirk Hammett', '-Jason Newsted'],
  },
  { name: 'David Bowie', id: 10263, realname: 'David Robert Jones', aliases: ['Ziggy Stardust'] },
  { name: 'Nine Inch Nails', id: 3857, members: ['Trent Reznor', 'Atticus Ross'] },
  { name: 'Michael Jackson', id: 15885, realname: 'Michael Joseph Jackson' },
  {
    name: 'Kraftwerk',
    id: 4654,
    members: ['Ralf Hütter', '-Florian Schneider', '-Wolfgang Flür', '-Karl Bartos'],
  },
  {
    name: 'Depeche Mode',
    id: 2725,
    members: ['Dave Gahan', 'Martin L. Gore', '-Andy Fletcher', '-Alan Wilder'],
  },
  {
    name: 'ABBA',
    id: 69866,
    members: ['Agnetha Fältskog', 'Björn Ulvaeus', 'Benny Andersson', 'Anni-Frid Lyngstad'],
  },
  { name: 'Miles Davis', id: 23755, realname: 'Miles Dewey Davis III' },
  { name: 'John Coltrane', id: 97545, realname: 'John William Coltrane' },
  { name: 'Bit Shifter', id: 103906, realname: 'Joshua Davis' },
  {
    name: 'Björk',
    realname: 'Björk Guðmundsdóttir',
    namevariations: ['Bjork', 'ビョーク'],
    urls: ['https://bjork.com/'],
  },
  {
    name: "Guns N' Roses",
    namevariations: ['Guns & Roses', "Guns 'N' Roses"],
    members: ['Axl Rose', 'Slash', 'Duff McKagan'],
  },
  { name: 'Кино', namevariations: ['Kino', 'КИНО'], members: ['Виктор Цой', 'Юрий Каспарян'] },
  { name: '宇多田ヒカル', namevariations: ['Hikaru Utada', 'Utada Hikaru'] },
  { name: '大滝詠一', namevariations: ['Eiichi Ohtaki', '大瀧詠一'] },
];
