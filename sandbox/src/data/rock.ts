/** Rock records. See `facts.ts` for what is real and what is composed. */
import type { AlbumFacts } from './facts.ts';

export const ROCK: readonly AlbumFacts[] = [
  {
    by: 'Nirvana',
    title: 'Nevermind',
    master: 13814,
    genres: ['Rock'],
    styles: ['Alternative Rock', 'Grunge'],
    credits: `
Producer, Engineer: Butch Vig
Mixed By: Andy Wallace
Art Direction: Robert Fisher
Drums: Dave Grohl = David Grohl
Bass: Krist Novoselic = Chris Novoselic`,
    tracks: `
1 Smells Like Teen Spirit 5:01
2 In Bloom 4:14
3 Come As You Are 3:39
4 Breed 3:03
5 Lithium 4:17
6 Polly 2:57
7 Territorial Pissings 2:22
8 Drain You 3:43
9 Lounge Act 2:36
10 Stay Away 3:32
11 On A Plain 3:16
12 Something In The Way 3:55`,
    versions: [
      ['1991-09-24', 'US', 'CD: Album', 'DGC', 'DGCD-24425', { barcode: '720642442524' }],
      ['1991', 'US', 'Vinyl: LP, Album', 'DGC', 'DGC-24425'],
      ['1991', 'Europe', 'CD: Album', 'Geffen Records', 'GED 24425'],
      ['1991', 'UK & Europe', 'Vinyl: LP, Album', 'DGC', 'DGC 24425'],
    ],
  },
  {
    by: 'Nirvana',
    title: 'Bleach',
    genres: ['Rock'],
    styles: ['Grunge'],
    credits: 'Recorded By: Jack Endino\nDrums: Chad Channing',
    tracks: `
A1 Blew 2:54
A2 Floyd The Barber 2:17
A3 About A Girl 2:48
A4 School 2:42
A5 Love Buzz 3:35
A6 Paper Cuts 4:06
B1 Negative Creep 2:56
B2 Scoff 4:10
B3 Swap Meet 3:03
B4 Mr. Moustache 3:24
B5 Sifting 5:22`,
    versions: [['1989-06-15', 'US', 'Vinyl: LP, Album', 'Sub Pop', 'SP34']],
  },
  {
    by: 'The Cure',
    title: 'Disintegration',
    genres: ['Rock'],
    styles: ['New Wave', 'Goth Rock'],
    credits: 'Producer: Robert Smith\nProducer: David M. Allen',
    tracks: `
1 Plainsong 5:12
2 Pictures Of You 7:24
3 Closedown 4:16
4 Lovesong 3:29
5 Last Dance 4:42
6 Lullaby 4:08
7 Fascination Street 5:16
8 Prayers For Rain 6:05
9 The Same Deep Water As You 9:19
10 Disintegration 8:18
11 Homesick 7:06
12 Untitled 6:30`,
    versions: [
      ['1989-05-02', 'UK', 'CD: Album', 'Fiction Records', 'FIXHCD 14'],
      ['1989-05-02', 'UK', 'Vinyl: LP, Album', 'Fiction Records', 'FIXH 14'],
      ['1989', 'US', 'CD: Album', 'Elektra', '9 60855-2'],
    ],
  },
  {
    by: 'Radiohead',
    title: 'OK Computer',
    master: 21491,
    genres: ['Electronic', 'Rock'],
    styles: ['Alternative Rock'],
    credits: 'Producer: Nigel Godrich\nIllustration: Stanley Donwood',
    tracks: `
1 Airbag 4:44
2 Paranoid Android 6:23
3 Subterranean Homesick Alien 4:27
4 Exit Music (For A Film) 4:24
5 Let Down 4:59
6 Karma Police 4:21
7 Fitter Happier 1:57
8 Electioneering 3:50
9 Climbing Up The Walls 4:45
10 No Surprises 3:48
11 Lucky 4:19
12 The Tourist 5:24`,
    versions: [
      ['1997-06-16', 'UK', 'CD: Album', 'Parlophone', 'CDNODATA 02'],
      ['1997-06-16', 'UK', '2xVinyl: LP, Album', 'Parlophone', 'NODATA 02'],
      [
        '1997-07-01',
        'US',
        'CD: Album',
        'Capitol Records',
        'CDP 7243 8 55229 2 5',
        { barcode: '724385522925' },
      ],
    ],
  },
  {
    by: 'Radiohead',
    title: 'Kid A',
    genres: ['Electronic', 'Rock'],
    styles: ['Alternative Rock', 'Experimental', 'IDM'],
    credits: 'Producer: Nigel Godrich',
    tracks: `
1 Everything In Its Right Place 4:11
2 Kid A 4:44
3 The National Anthem 5:51
4 How To Disappear Completely 5:56
5 Treefingers 3:42
6 Optimistic 5:16
7 In Limbo 3:31
8 Idioteque 5:09
9 Morning Bell 4:35
10 Motion Picture Soundtrack 7:01`,
    versions: [['2000-10-02', 'UK', 'CD: Album', 'Parlophone', 'CDKIDA 1']],
  },
  {
    by: 'Pink Floyd',
    title: 'The Dark Side Of The Moon',
    master: 10362,
    genres: ['Rock'],
    styles: ['Prog Rock', 'Psychedelic Rock'],
    credits: 'Engineer: Alan Parsons\nDesign: Hipgnosis\nVocals: Clare Torry',
    tracks: `
A1 Speak To Me
A2 Breathe
A3 On The Run 3:35
A4 Time 7:06
A5 The Great Gig In The Sky 4:44
B1 Money 6:32
B2 Us And Them 7:40
B3 Any Colour You Like 3:25
B4 Brain Damage 3:50
B5 Eclipse 2:01`,
    versions: [
      ['1973-03-23', 'UK', 'Vinyl: LP, Album, Gatefold', 'Harvest', 'SHVL 804'],
      ['1973-03-01', 'US', 'Vinyl: LP, Album, Gatefold', 'Harvest', 'SMAS-11163'],
    ],
  },
  {
    by: 'Pink Floyd',
    title: 'Wish You Were Here',
    genres: ['Rock'],
    styles: ['Prog Rock', 'Psychedelic Rock'],
    credits: 'Vocals: Roy Harper\nDesign: Hipgnosis',
    tracks: `
A1 Shine On You Crazy Diamond (Parts I-V) 13:38
A2 Welcome To The Machine 7:30
B1 Have A Cigar 5:24
B2 Wish You Were Here 5:17
B3 Shine On You Crazy Diamond (Parts VI-IX) 12:29`,
    versions: [
      ['1975-09-12', 'UK', 'Vinyl: LP, Album', 'Harvest', 'SHVL 814'],
      ['1975-09-12', 'US', 'Vinyl: LP, Album', 'Columbia', 'PC 33453'],
    ],
  },
  {
    by: 'The Beatles',
    title: 'Abbey Road',
    master: 24047,
    genres: ['Rock'],
    styles: ['Pop Rock'],
    credits: 'Producer: George Martin',
    tracks: `
A1 Come Together 4:16
A2 Something 2:59
A3 Maxwell's Silver Hammer 3:24
A4 Oh! Darling 3:28
A5 Octopus's Garden 2:49
A6 I Want You (She's So Heavy) 7:49
B1 Here Comes The Sun 3:05
B2 Because 2:45
B3 You Never Give Me Your Money 3:57
B4 Sun King 2:31
B5 Mean Mr. Mustard 1:06
B6 Polythene Pam 1:13
B7 She Came In Through The Bathroom Window 1:58
B8 Golden Slumbers 1:31
B9 Carry That Weight 1:37
B10 The End 2:04
B11 Her Majesty 0:23`,
    versions: [
      ['1969-09-26', 'UK', 'Vinyl: LP, Album, Stereo', 'Apple Records', 'PCS 7088'],
      ['1969-10-01', 'US', 'Vinyl: LP, Album', 'Apple Records', 'SO-383'],
      ['1987-10-00', 'UK', 'CD: Album, Reissue', 'Parlophone', 'CDP 7 46446 2', { barcode: '077774644624' }],
    ],
  },
  {
    by: 'Joy Division',
    title: 'Unknown Pleasures',
    genres: ['Rock'],
    styles: ['Post-Punk'],
    credits: 'Producer: Martin Hannett\nDesign: Peter Saville',
    tracks: `
A1 Disorder 3:29
A2 Day Of The Lords 4:48
A3 Candidate 3:05
A4 Insight 4:29
A5 New Dawn Fades 4:47
B1 She's Lost Control 3:56
B2 Shadowplay 3:55
B3 Wilderness 2:38
B4 Interzone 2:16
B5 I Remember Nothing 5:53`,
    versions: [['1979-06-15', 'UK', 'Vinyl: LP, Album', 'Factory', 'FACT 10']],
  },
  {
    by: 'Metallica',
    title: 'Metallica',
    genres: ['Rock'],
    styles: ['Heavy Metal'],
    credits: 'Producer: Bob Rock',
    tracks: `
1 Enter Sandman 5:31
2 Sad But True 5:24
3 Holier Than Thou 3:47
4 The Unforgiven 6:27
5 Wherever I May Roam 6:44
6 Don't Tread On Me 4:00
7 Through The Never 4:04
8 Nothing Else Matters 6:28
9 Of Wolf And Man 4:16
10 The God That Failed 5:08
11 My Friend Of Misery 6:49
12 The Struggle Within 3:53`,
    versions: [
      ['1991-08-12', 'US', 'CD: Album', 'Elektra', '9 61113-2', { barcode: '075596111324' }],
      ['1991-08-12', 'Europe', 'CD: Album', 'Vertigo', '510 022-2'],
    ],
  },
];
