/** Rock records, continued: punk, metal, indie and the records that Discogs' own documentation uses. */
import type { AlbumFacts } from './facts.ts';

export const ROCK_MORE: readonly AlbumFacts[] = [
  {
    by: 'Nickelback',
    title: 'Curb',
    master: 173765,
    genres: ['Rock'],
    styles: ['Alternative Rock', 'Grunge'],
    tracks: `
1 Little Friend
2 Pusher
3 Detangler
4 Curb
5 Where?
6 Falls Back On
7 Sea Groove
8 Fly
9 Just Four
10 Left
11 Window Shopper
12 I Don't Have`,
    versions: [
      ['1996', 'Canada', 'CD: Album', 'Not On Label (Nickelback Self-released)', 'none', { id: 3128432 }],
      ['2002-06-17', 'Europe', 'CD: Album, Reissue', 'Roadrunner Records', 'RR 8440-2'],
    ],
  },
  {
    by: 'Nickelback',
    title: 'Hesher',
    master: 'none',
    genres: ['Rock'],
    styles: ['Alternative Rock', 'Grunge'],
    tracks: '\n1 Where?\n2 Truck\n3 Window Shopper\n4 In Front Of Me\n5 Fly\n6 Left\n7 D.C.',
    versions: [
      ['1996', 'Canada', 'CD: EP', 'Not On Label (Nickelback Self-released)', 'none', { id: 4299404 }],
    ],
  },
  {
    by: 'Nickelback',
    title: 'Silver Side Up',
    genres: ['Rock'],
    styles: ['Alternative Rock', 'Post-Grunge'],
    credits: 'Producer: Rick Parashar\nProducer: Nickelback\nMixed By: Randy Staub',
    tracks: `
1 Never Again 4:20
2 How You Remind Me 3:43
3 Woke Up This Morning 3:50
4 Too Bad 3:52
5 Just For 4:03
6 Hollywood 3:04
7 Money Bought 3:24
8 Where Do I Hide 3:38
9 Hangnail 3:54
10 Good Times Gone 5:20`,
    versions: [
      ['2001-09-11', 'US', 'CD: Album', 'Roadrunner Records', '618 485-2', { barcode: '016861848521' }],
      ['2001-09-10', 'Europe', 'CD: Album', 'Roadrunner Records', 'RR 8485-2'],
    ],
  },
  {
    by: 'Green Day',
    title: 'American Idiot',
    genres: ['Rock'],
    styles: ['Alternative Rock', 'Pop Punk'],
    credits: 'Producer: Rob Cavallo\nProducer: Green Day',
    tracks: `
1 American Idiot 2:54
+ Jesus Of Suburbia 9:08
- 2.I Jesus Of Suburbia
- 2.II City Of The Damned
- 2.III I Don't Care
- 2.IV Dearly Beloved
- 2.V Tales Of Another Broken Home
3 Holiday 3:52
4 Boulevard Of Broken Dreams 4:20
5 Are We The Waiting 2:42
6 St. Jimmy 2:56
7 Give Me Novacaine 3:25
8 She's A Rebel 2:00
9 Extraordinary Girl 3:33
10 Letterbomb 4:05
11 Wake Me Up When September Ends 4:45
+ Homecoming 9:18
- 12.I The Death Of St. Jimmy
- 12.II East 12th St.
- 12.III Nobody Likes You
- 12.IV Rock And Roll Girlfriend
- 12.V We're Coming Home Again
13 Whatsername 4:14`,
    versions: [['2004-09-21', 'US', 'CD: Album', 'Reprise Records', '48777-2', { barcode: '093624877721' }]],
  },
  {
    by: ['The Velvet Underground', '&', 'Nico (3)'],
    title: 'The Velvet Underground & Nico',
    genres: ['Rock'],
    styles: ['Art Rock', 'Experimental'],
    credits: 'Producer, Artwork: Andy Warhol',
    tracks: `
A1 Sunday Morning 2:54
A2 I'm Waiting For The Man 4:37
A3 Femme Fatale 2:37
A4 Venus In Furs 5:10
A5 Run Run Run 4:20
A6 All Tomorrow's Parties 5:58
B1 Heroin 7:10
B2 There She Goes Again 2:39
B3 I'll Be Your Mirror 2:12
B4 The Black Angel's Death Song 3:12
B5 European Son 7:46`,
    versions: [
      ['1967-03-00', 'US', 'Vinyl: LP, Album, Stereo', 'Verve Records', 'V6-5008'],
      ['1967-03-00', 'US', 'Vinyl: LP, Album, Mono', 'Verve Records', 'V-5008'],
    ],
  },
  {
    by: 'David Bowie',
    title: '"Heroes"',
    genres: ['Electronic', 'Rock'],
    styles: ['Art Rock', 'Ambient'],
    credits: 'Producer: David Bowie\nProducer: Tony Visconti\nSynthesizer: Brian Eno\nGuitar: Robert Fripp',
    tracks: `
A1 Beauty And The Beast 3:32
A2 Joe The Lion 3:05
A3 "Heroes" 6:07
A4 Sons Of The Silent Age 3:15
A5 Blackout 3:50
B1 V-2 Schneider 3:10
B2 Sense Of Doubt 3:57
B3 Moss Garden 5:03
B4 Neuköln 4:34
B5 The Secret Life Of Arabia 3:46`,
    versions: [
      ['1977-10-14', 'UK', 'Vinyl: LP, Album', 'RCA', 'PL 12522'],
      ['1977-10-14', 'US', 'Vinyl: LP, Album', 'RCA', 'AFL1-2522'],
    ],
  },
  {
    by: "Guns N' Roses",
    title: 'Appetite For Destruction',
    genres: ['Rock'],
    styles: ['Hard Rock', 'Heavy Metal'],
    credits: 'Producer: Mike Clink',
    tracks: `
A1 Welcome To The Jungle 4:33
A2 It's So Easy 3:22
A3 Nightrain 4:28
A4 Out Ta Get Me 4:23
A5 Mr. Brownstone 3:48
A6 Paradise City 6:46
B1 My Michelle 3:39
B2 Think About You 3:51
B3 Sweet Child O' Mine 5:56
B4 You're Crazy 3:17
B5 Anything Goes 3:26
B6 Rocket Queen 6:13`,
    versions: [
      ['1987-07-21', 'US', 'Vinyl: LP, Album', 'Geffen Records', 'GHS 24148'],
      ['1987', 'US', 'CD: Album', 'Geffen Records', '9 24148-2', { barcode: '075992414821' }],
    ],
  },
  {
    by: 'Sex Pistols',
    title: "Never Mind The Bollocks Here's The Sex Pistols",
    genres: ['Rock'],
    styles: ['Punk'],
    credits: 'Producer: Chris Thomas\nProducer: Bill Price\nDesign: Jamie Reid',
    tracks: `
A1 Holidays In The Sun 3:20
A2 Bodies 3:02
A3 No Feelings 2:49
A4 Liar 2:40
A5 God Save The Queen 3:18
A6 Problems 4:10
B1 Seventeen 2:02
B2 Anarchy In The U.K. 3:31
B3 Submission 4:12
B4 Pretty Vacant 3:16
B5 New York 3:05
B6 E.M.I. 3:10`,
    versions: [['1977-10-28', 'UK', 'Vinyl: LP, Album', 'Virgin', 'V 2086']],
  },
  {
    by: 'My Bloody Valentine',
    title: 'Loveless',
    genres: ['Rock'],
    styles: ['Shoegaze'],
    credits: 'Producer: Kevin Shields',
    tracks: `
1 Only Shallow 4:17
2 Loomer 2:38
3 Touched 0:56
4 To Here Knows When 5:31
5 When You Sleep 4:11
6 I Only Said 5:34
7 Come In Alone 3:58
8 Sometimes 5:19
9 Blown A Wish 3:36
10 What You Want 5:33
11 Soon 6:58`,
    versions: [
      ['1991-11-04', 'UK', 'CD: Album', 'Creation Records', 'CRECD 060'],
      ['1991-11-04', 'UK', 'Vinyl: LP, Album', 'Creation Records', 'CRELP 060'],
    ],
  },
  {
    by: 'Pixies',
    title: 'Doolittle',
    genres: ['Rock'],
    styles: ['Alternative Rock', 'Indie Rock'],
    credits: 'Producer: Gil Norton\nDesign: Vaughan Oliver = Vaughan Oliver/v23',
    tracks: `
1 Debaser 2:52
2 Tame 1:55
3 Wave Of Mutilation 2:04
4 I Bleed 2:34
5 Here Comes Your Man 3:21
6 Dead 2:21
7 Monkey Gone To Heaven 2:56
8 Mr. Grieves 2:05
9 Crackity Jones 1:24
10 La La Love You 2:43
11 No. 13 Baby 3:51
12 There Goes My Gun 1:49
13 Hey 3:31
14 Silver 2:25
15 Gouge Away 2:45`,
    versions: [['1989-04-17', 'UK', 'CD: Album', '4AD', 'CAD 905 CD']],
  },
  {
    by: ['Danger Mouse', '&', 'Daniele Luppi'],
    title: 'Rome',
    genres: ['Rock', 'Pop'],
    styles: ['Soundtrack', 'Indie Rock'],
    credits: 'Vocals: Jack White (2)\nVocals: Norah Jones',
    tracks: `
1 Theme Of "Rome" 2:18
2 The Rose With The Broken Neck
3 Morning Fog (Interlude)
4 Season's Trees
5 Her Hollow Ways (Interlude)
6 Roman Blue
7 Two Against One
8 The Gambling Priest
9 The World (Interlude)
10 Black
11 The Matador Has Fallen
12 Morning Fog
13 Problem Queen
14 Her Hollow Ways
15 The World`,
    versions: [
      ['2011', 'US', '2xVinyl: LP, Album, Limited Edition', 'Third Man Records', 'TMR092', { id: 2992668 }],
    ],
  },
  {
    by: 'Nine Inch Nails',
    title: 'Year Zero',
    master: 3719,
    genres: ['Electronic', 'Rock'],
    styles: ['Industrial'],
    credits: 'Producer: Trent Reznor\nProducer: Atticus Ross',
    tracks: `
1 HYPERPOWER! 1:42
2 The Beginning Of The End 2:44
3 Survivalism 4:23
4 The Good Soldier 3:23
5 Vessel 4:52
6 Me, I'm Not 4:51
7 Capital G 3:50
8 My Violent Heart 4:13
9 The Warning 3:38
10 God Given 3:50
11 Meet Your Master 4:08
12 The Greater Good 4:52
13 The Great Destroyer 3:17
14 Another Version Of The Truth 4:09
15 In This Twilight 3:33
16 Zero-Sum 6:14`,
    versions: [['2007-04-17', 'US', 'CD: Album', 'Interscope Records', 'B0008764-02', { id: 1867708 }]],
  },
];
