/** Jazz, classical, soundtracks and music from elsewhere. See `facts.ts` for what is real and what is composed. */
import type { AlbumFacts } from './facts.ts';

export const WORLD: readonly AlbumFacts[] = [
  {
    by: 'Miles Davis',
    title: 'Kind Of Blue',
    master: 5460,
    genres: ['Jazz'],
    styles: ['Modal'],
    credits:
      'Tenor Saxophone: John Coltrane\nAlto Saxophone: Julian Adderley\nPiano: Bill Evans\nBass: Paul Chambers (3)\nDrums: James Cobb',
    tracks: `
A1 So What 9:02
A2 Freddie Freeloader 9:33
A3 Blue In Green 5:26
B1 All Blues 11:31
B2 Flamenco Sketches 9:25`,
    versions: [
      ['1959-08-17', 'US', 'Vinyl: LP, Album, Stereo', 'Columbia', 'CS 8163'],
      ['1959-08-17', 'US', 'Vinyl: LP, Album, Mono', 'Columbia', 'CL 1355'],
      ['1997', 'US', 'CD: Album, Reissue, Remastered', 'Columbia', 'CK 64935', { barcode: '074646493526' }],
    ],
  },
  {
    by: 'John Coltrane',
    title: 'A Love Supreme',
    genres: ['Jazz'],
    styles: ['Free Jazz', 'Hard Bop', 'Modal'],
    credits: 'Piano: McCoy Tyner\nBass: Jimmy Garrison\nDrums: Elvin Jones\nRecorded By: Rudy Van Gelder',
    tracks: `
A1 Part I - Acknowledgement
A2 Part II - Resolution
B1 Part III - Pursuance
B2 Part IV - Psalm`,
    versions: [['1965', 'US', 'Vinyl: LP, Album, Stereo', 'Impulse!', 'AS-77']],
  },
  {
    by: 'The Dave Brubeck Quartet',
    title: 'Time Out',
    genres: ['Jazz'],
    styles: ['Cool Jazz'],
    credits: 'Alto Saxophone: Paul Desmond\nDrums: Joe Morello\nBass: Eugene Wright\nProducer: Teo Macero',
    tracks: `
A1 Blue Rondo À La Turk 6:44
A2 Strange Meadow Lark 7:22
A3 Take Five 5:24
B1 Three To Get Ready 5:24
B2 Kathy's Waltz 4:48
B3 Everybody's Jumpin' 4:23
B4 Pick Up Sticks 4:16`,
    versions: [['1959-12-14', 'US', 'Vinyl: LP, Album, Stereo', 'Columbia', 'CS 8192']],
  },
  {
    by: ['Stan Getz', '/', 'João Gilberto'],
    title: 'Getz / Gilberto',
    genres: ['Jazz', 'Latin'],
    styles: ['Bossa Nova'],
    credits: 'Piano: Antonio Carlos Jobim\nVocals: Astrud Gilberto\nProducer: Creed Taylor',
    tracks: `
A1 The Girl From Ipanema 5:15
A2 Doralice 2:45
A3 Para Machuchar Meu Coração 5:05
A4 Desafinado 4:05
B1 Corcovado 4:15
B2 Só Danço Samba 3:30
B3 O Grande Amor 5:25
B4 Vivo Sonhando 2:52`,
    versions: [['1964-03-00', 'US', 'Vinyl: LP, Album, Stereo', 'Verve Records', 'V6-8545']],
  },
  {
    by: 'Bob Marley & The Wailers',
    title: 'Exodus',
    genres: ['Reggae'],
    styles: ['Roots Reggae'],
    tracks: `
A1 Natural Mystic 3:28
A2 So Much Things To Say 3:08
A3 Guiltiness 3:19
A4 The Heathen 2:32
A5 Exodus 7:40
B1 Jamming 3:31
B2 Waiting In Vain 4:16
B3 Turn Your Lights Down Low 3:39
B4 Three Little Birds 3:00
B5 One Love / People Get Ready 2:52`,
    versions: [['1977-06-03', 'UK', 'Vinyl: LP, Album', 'Island Records', 'ILPS 9498']],
  },
  {
    by: 'Arvo Pärt',
    title: 'Tabula Rasa',
    genres: ['Classical'],
    styles: ['Contemporary', 'Modern'],
    credits:
      'Violin: Gidon Kremer\nPiano: Keith Jarrett\nPrepared Piano: Alfred Schnittke\nProducer: Manfred Eicher',
    tracks: `
1 Fratres
2 Cantus In Memory Of Benjamin Britten
3 Fratres
+ Tabula Rasa
- 4.1 Ludus
- 4.2 Silentium`,
    versions: [['1984', 'Germany', 'CD: Album', 'ECM New Series', 'ECM 1275']],
  },
  {
    by: 'Various',
    title: 'Pulp Fiction (Music From The Motion Picture)',
    genres: ['Rock', 'Funk / Soul', 'Pop', 'Stage & Screen'],
    styles: ['Soundtrack', 'Surf', 'Soul'],
    tracks: `
1 Misirlou 2:13 @ Dick Dale & His Del-Tones
2 Royale With Cheese (Dialogue) 1:42 @ John Travolta
3 Jungle Boogie 3:05 @ Kool & The Gang
4 Let's Stay Together 3:15 @ Al Green
5 Bustin' Surfboards 2:26 @ The Tornadoes (3)
6 Lonesome Town 2:13 @ Ricky Nelson (2)
7 Son Of A Preacher Man 2:25 @ Dusty Springfield
8 Bullwinkle Part II 2:27 @ The Centurians
9 You Never Can Tell 3:12 @ Chuck Berry
10 Girl, You'll Be A Woman Soon 3:09 @ Urge Overkill
11 If Love Is A Red Dress (Hang Me In Rags) 4:55 @ Maria McKee
12 Comanche 2:10 @ The Revels (2)
13 Flowers On The Wall 2:23 @ The Statler Brothers
14 Surf Rider 3:18 @ The Lively Ones`,
    versions: [
      ['1994-09-27', 'US', 'CD: Compilation', 'MCA Records', 'MCAD-11103', { barcode: '008811110321' }],
    ],
  },
  {
    by: '大滝詠一',
    title: 'A Long Vacation',
    genres: ['Rock', 'Pop'],
    styles: ['City Pop', 'Pop Rock'],
    credits: 'Lyrics By: 松本隆',
    tracks: `
A1 君は天然色
A2 Velvet Motel
A3 カナリア諸島にて
A4 Pap-Pi-Doo-Bi-Doo-Ba物語
A5 我が心のピンボール
B1 雨のウェンズデイ
B2 スピーチ・バルーン
B3 恋するカレン
B4 FUN×4
B5 さらばシベリア鉄道`,
    versions: [['1981-03-21', 'Japan', 'Vinyl: LP, Album', 'Niagara Records', '27AH 1234']],
  },
  {
    by: '宇多田ヒカル',
    title: 'First Love',
    genres: ['Pop'],
    styles: ['J-pop', 'Contemporary R&B'],
    tracks: `
1 Automatic (Album Edit) 5:28
2 Movin' On Without You 4:43
3 In My Room 4:21
4 First Love 4:17
5 甘いワナ (Paint It, Black) 5:02
6 Time Will Tell 5:27
7 Never Let Go 4:00
8 B&C (Album Version) 4:09
9 Another Chance 4:57
10 Interlude 0:17
11 Give Me A Reason 4:33`,
    versions: [['1999-03-10', 'Japan', 'CD: Album', 'Eastworld', 'TOCT-24067']],
  },
  {
    by: 'Кино',
    title: 'Группа Крови',
    genres: ['Rock'],
    styles: ['Post-Punk', 'New Wave'],
    credits: 'Vocals, Guitar: Виктор Цой\nGuitar: Юрий Каспарян',
    tracks: `
1 Группа Крови
2 Закрой За Мной Дверь, Я Ухожу
3 Война
4 Спокойная Ночь
5 Мама, Мы Все Тяжело Больны
6 Бошетунмай
7 В Наших Глазах
8 Попробуй Спеть Вместе Со Мной
9 Прохожий
10 Дальше Действовать Будем Мы
11 Легенда`,
    versions: [['1988', 'USSR', 'Reel-To-Reel: 4 ⅛", Album', 'АнТроп', 'none']],
  },
];
