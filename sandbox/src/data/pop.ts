/** Pop, soul and hip-hop records. See `facts.ts` for what is real and what is composed. */
import type { AlbumFacts } from './facts.ts';

export const POP: readonly AlbumFacts[] = [
  {
    by: 'Rick Astley',
    title: 'Never Gonna Give You Up',
    master: 96559,
    genres: ['Electronic', 'Pop'],
    styles: ['Synth-pop'],
    credits:
      'Design: Me Company = Me Co\nProducer, Written-By: Stock, Aitken & Waterman = Stock / Aitken / Waterman',
    tracks: `
A Never Gonna Give You Up 3:32
B Never Gonna Give You Up (Instrumental) 3:30`,
    versions: [
      [
        '1987',
        'UK',
        'Vinyl: 7", Single, 45 RPM',
        'RCA',
        'PB 41447',
        {
          id: 249504,
          barcode: '5012394144777',
          matrix: 'PB 41447 A',
          notes:
            'UK pressing, black labels reading "Manufactured In England".\r\n\r\nSleeve:\r\n℗ 1987 • BMG Records (UK) Ltd.',
          companies: [
            '13 Phonographic Copyright (p): BMG Records (UK) Ltd.',
            '29 Mastered At: Utopia Studios',
          ],
          videos: [
            {
              uri: 'https://www.youtube.com/watch?v=te2jJncBVG4',
              title: 'Rick Astley - Never Gonna Give You Up (Extended Version)',
              seconds: 330,
            },
            {
              uri: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
              title: 'Rick Astley - Never Gonna Give You Up (Official Video)',
              seconds: 213,
            },
          ],
        },
      ],
      ['1987', 'UK', 'Vinyl: 12", 45 RPM, Single', 'RCA', 'PT 41448'],
      ['1987', 'US', 'Vinyl: 7", Single, 45 RPM', 'RCA', '5347-7-R'],
    ],
  },
  {
    by: 'Michael Jackson',
    title: 'Thriller',
    master: 8883,
    genres: ['Electronic', 'Funk / Soul', 'Pop'],
    styles: ['Disco', 'Soul', 'Ballad'],
    credits: 'Producer: Quincy Jones\nEngineer: Bruce Swedien\nVoice: Vincent Price',
    tracks: `
A1 Wanna Be Startin' Somethin' 6:03
A2 Baby Be Mine 4:20
A3 The Girl Is Mine 3:42
A4 Thriller 5:57
B1 Beat It 4:18
B2 Billie Jean 4:54
B3 Human Nature 4:06
B4 P.Y.T. (Pretty Young Thing) 3:59
B5 The Lady In My Life 5:00`,
    versions: [
      ['1982-11-30', 'US', 'Vinyl: LP, Album', 'Epic', 'QE 38112'],
      ['1982', 'Europe', 'Vinyl: LP, Album', 'Epic', 'EPC 85930'],
      ['1983', 'Japan', 'CD: Album', 'Epic', '35·8P-11'],
    ],
  },
  {
    by: 'Fleetwood Mac',
    title: 'Rumours',
    genres: ['Rock', 'Pop'],
    styles: ['Soft Rock', 'Pop Rock'],
    credits: 'Producer: Ken Caillat\nProducer: Richard Dashut',
    tracks: `
A1 Second Hand News 2:43
A2 Dreams 4:14
A3 Never Going Back Again 2:02
A4 Don't Stop 3:11
A5 Go Your Own Way 3:38
A6 Songbird 3:20
B1 The Chain 4:28
B2 You Make Loving Fun 3:31
B3 I Don't Want To Know 3:11
B4 Oh Daddy 3:54
B5 Gold Dust Woman 4:51`,
    versions: [
      ['1977-02-04', 'US', 'Vinyl: LP, Album', 'Warner Bros. Records', 'BSK 3010'],
      ['1977-02-11', 'UK', 'Vinyl: LP, Album', 'Warner Bros. Records', 'K56344'],
    ],
  },
  {
    by: 'ABBA',
    title: 'Arrival',
    genres: ['Pop'],
    styles: ['Europop', 'Disco'],
    credits: 'Producer: Benny Andersson\nProducer: Björn Ulvaeus\nEngineer: Michael B. Tretow',
    tracks: `
A1 When I Kissed The Teacher 3:00
A2 Dancing Queen 3:50
A3 My Love, My Life 3:52
A4 Dum Dum Diddle 2:50
A5 Knowing Me, Knowing You 4:02
B1 Money, Money, Money 3:05
B2 That's Me 3:15
B3 Why Did It Have To Be Me 3:20
B4 Tiger 2:55
B5 Arrival 3:00`,
    versions: [['1976-10-11', 'Sweden', 'Vinyl: LP, Album', 'Polar', 'POLS 272']],
  },
  {
    by: 'Kate Bush',
    title: 'Hounds Of Love',
    genres: ['Electronic', 'Rock', 'Pop'],
    styles: ['Art Rock', 'Pop Rock'],
    credits: 'Producer, Written-By: Kate Bush',
    tracks: `
= Hounds Of Love
A1 Running Up That Hill (A Deal With God) 4:58
A2 Hounds Of Love 3:02
A3 The Big Sky 4:41
A4 Mother Stands For Comfort 3:07
A5 Cloudbusting 5:10
= The Ninth Wave
B1 And Dream Of Sheep 2:45
B2 Under Ice 2:21
B3 Waking The Witch 4:18
B4 Watching You Without Me 4:06
B5 Jig Of Life 4:04
B6 Hello Earth 6:13
B7 The Morning Fog 2:34`,
    versions: [
      ['1985-09-16', 'UK', 'Vinyl: LP, Album', 'EMI', 'KAB 1'],
      ['1985', 'US', 'Vinyl: LP, Album', 'EMI America', 'ST-17171'],
    ],
  },
  {
    by: 'Prince And The Revolution',
    title: 'Purple Rain',
    genres: ['Rock', 'Funk / Soul', 'Pop', 'Stage & Screen'],
    styles: ['Soundtrack', 'Minneapolis Sound', 'Pop Rock'],
    tracks: `
A1 Let's Go Crazy 4:39
A2 Take Me With U 3:54
A3 The Beautiful Ones 5:15
A4 Computer Blue 3:59
A5 Darling Nikki 4:15
B1 When Doves Cry 5:52
B2 I Would Die 4 U 2:51
B3 Baby I'm A Star 4:20
B4 Purple Rain 8:45`,
    versions: [['1984-06-25', 'US', 'Vinyl: LP, Album', 'Warner Bros. Records', '9 25110-1']],
  },
  {
    by: 'Stevie Wonder',
    title: 'Innervisions',
    genres: ['Funk / Soul'],
    styles: ['Soul', 'Funk'],
    tracks: `
A1 Too High 4:37
A2 Visions 5:17
A3 Living For The City 7:26
A4 Golden Lady 5:00
B1 Higher Ground 3:54
B2 Jesus Children Of America 4:04
B3 All In Love Is Fair 3:45
B4 Don't You Worry 'Bout A Thing 4:55
B5 He's Misstra Know-It-All 6:06`,
    versions: [['1973-08-03', 'US', 'Vinyl: LP, Album', 'Tamla', 'T 326L']],
  },
  {
    by: 'Marvin Gaye',
    title: "What's Going On",
    genres: ['Funk / Soul'],
    styles: ['Soul'],
    tracks: `
A1 What's Going On 3:53
A2 What's Happening Brother 2:43
A3 Flyin' High (In The Friendly Sky) 3:49
A4 Save The Children 4:03
A5 God Is Love 1:41
A6 Mercy Mercy Me (The Ecology) 3:16
B1 Right On 7:31
B2 Wholy Holy 3:08
B3 Inner City Blues (Make Me Wanna Holler) 5:26`,
    versions: [['1971-05-21', 'US', 'Vinyl: LP, Album', 'Tamla', 'TS 310']],
  },
  {
    by: 'Nas',
    title: 'Illmatic',
    genres: ['Hip Hop'],
    styles: ['Boom Bap', 'Conscious'],
    credits:
      'Producer: DJ Premier\nProducer: Pete Rock\nProducer: Q-Tip\nProducer: Large Professor\nProducer: L.E.S.',
    tracks: `
1 The Genesis 1:45
2 N.Y. State Of Mind 4:54
3 Life's A Bitch 3:30
4 The World Is Yours 4:50
5 Halftime 4:20
6 Memory Lane (Sittin' In Da Park) 4:08
7 One Love 5:25
8 One Time 4 Your Mind 3:18
9 Represent 4:12
10 It Ain't Hard To Tell 3:22`,
    versions: [
      ['1994-04-19', 'US', 'CD: Album', 'Columbia', 'CK 57684', { barcode: '074645768427' }],
      ['1994-04-19', 'US', 'Vinyl: LP, Album', 'Columbia', 'C 57684'],
    ],
  },
  {
    by: 'Amy Winehouse',
    title: 'Back To Black',
    genres: ['Funk / Soul', 'Pop'],
    styles: ['Soul', 'Rhythm & Blues'],
    credits: 'Producer: Mark Ronson\nProducer: Salaam Remi',
    tracks: `
1 Rehab 3:33
2 You Know I'm No Good 4:17
3 Me & Mr Jones 2:33
4 Just Friends 3:13
5 Back To Black 4:01
6 Love Is A Losing Game 2:35
7 Tears Dry On Their Own 3:06
8 Wake Up Alone 3:42
9 Some Unholy War 2:22
10 He Can Only Hold Her 2:46
11 Addicted 2:45`,
    versions: [['2006-10-27', 'UK & Europe', 'CD: Album', 'Island Records', '1713041']],
  },
];
