import { describe, expect, it } from '@jest/globals';
import { authorizationHeader } from '../../../src/discogs/oauth/authorization.ts';
import {
  baseStringUri,
  normalizeParameters,
  type Parameter,
  signatureBaseString,
} from '../../../src/discogs/oauth/baseString.ts';
import { percentEncode } from '../../../src/discogs/oauth/percentEncode.ts';
import { signature } from '../../../src/discogs/oauth/signature.ts';

describe('percent-encoding', () => {
  // The cases that the OAuth community published beside the specification.
  it.each([
    ['abcABC123', 'abcABC123'],
    ['-._~', '-._~'],
    ['%', '%25'],
    ['+', '%2B'],
    ['&=*', '%26%3D%2A'],
    ["!'()", '%21%27%28%29'],
    ['\n', '%0A'],
    [' ', '%20'],
    ['\u007f', '%7F'],
    ['\u0080', '%C2%80'],
    ['\u3001', '%E3%80%81'],
    ['💿', '%F0%9F%92%BF'],
    ['\ud800', '%EF%BF%BD'],
    ['', ''],
  ])('writes %j as %s', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });
});

describe('the base string of RFC 5849', () => {
  it.each([
    ['HTTP://EXAMPLE.COM:80/r%20v/X?id=123', 'http://example.com/r%20v/X'],
    ['https://www.example.net:8080/?q=1', 'https://www.example.net:8080/'],
  ])('names %s as section 3.4.1.2 does', (url, uri) => {
    expect(baseStringUri(new URL(url))).toBe(uri);
  });

  const PROTOCOL: readonly Parameter[] = [
    ['oauth_consumer_key', '9djdj82h48djs9d2'],
    ['oauth_token', 'kkk9d7dh3k39sjv7'],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', '137131201'],
    ['oauth_nonce', '7d8f3e4a'],
  ];
  const BODY: readonly Parameter[] = [
    ['c2', ''],
    ['a3', '2 q'],
  ];
  const BASE =
    'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26' +
    'c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26' +
    'oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7';

  it('orders the parameters of section 3.4.1.3.2', () => {
    const url = new URL('http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b');
    expect(normalizeParameters([...url.searchParams, ...PROTOCOL, ...BODY])).toBe(
      'a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2&oauth_nonce=7d8f3e4a' +
        '&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_token=kkk9d7dh3k39sjv7',
    );
  });

  it('is that of section 3.4.1.1, and signs as its erratum 2550 says', async () => {
    const url = new URL('http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b');
    const base = signatureBaseString('post', url, [...PROTOCOL, ...BODY]);
    expect(base).toBe(BASE);
    expect(await signature('HMAC-SHA1', base, 'j49sk3j29djd', 'dh893hdasih9')).toBe(
      'r6/TJjbCOr97/+UU0NsvSne7s5g=',
    );
  });
});

interface Vector {
  readonly method: string;
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly secrets: readonly [consumer: string, token: string];
  readonly expected: string;
}

const PHOTOS = { oauth_consumer_key: 'dpf43f3p2l4k3l03', oauth_signature_method: 'HMAC-SHA1' };

describe('HMAC-SHA1', () => {
  it.each<[string, Vector]>([
    [
      'the request token of RFC 5849, section 1.2',
      {
        method: 'POST',
        url: 'https://photos.example.net/initiate',
        parameters: {
          ...PHOTOS,
          oauth_timestamp: '137131200',
          oauth_nonce: 'wIjqoS',
          oauth_callback: 'http://printer.example.com/ready',
        },
        secrets: ['kd94hf93k423kf44', ''],
        expected: '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
      },
    ],
    [
      'the access token of RFC 5849, section 1.2',
      {
        method: 'POST',
        url: 'https://photos.example.net/token',
        parameters: {
          ...PHOTOS,
          oauth_token: 'hh5s93j4hdidpola',
          oauth_timestamp: '137131201',
          oauth_nonce: 'walatlh',
          oauth_verifier: 'hfdp7dh39dks9884',
        },
        secrets: ['kd94hf93k423kf44', 'hdhd0244k9j7ao03'],
        expected: 'gKgrFCywp7rO0OXSjdot/IHF7IU=',
      },
    ],
    [
      'the photo of RFC 5849, section 1.2',
      {
        method: 'GET',
        url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
        parameters: {
          ...PHOTOS,
          oauth_token: 'nnch734d00sl2jdk',
          oauth_timestamp: '137131202',
          oauth_nonce: 'chapoH',
        },
        secrets: ['kd94hf93k423kf44', 'pfkkdhi9sl3r4s00'],
        expected: 'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
      },
    ],
    [
      'the photo of OAuth Core 1.0, appendix A.5',
      {
        method: 'GET',
        url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
        parameters: {
          ...PHOTOS,
          oauth_token: 'nnch734d00sl2jdk',
          oauth_timestamp: '1191242096',
          oauth_nonce: 'kllo9940pd9333jh',
          oauth_version: '1.0',
        },
        secrets: ['kd94hf93k423kf44', 'pfkkdhi9sl3r4s00'],
        expected: 'tR3+Ty81lMeYAr/Fid0kMTYa/WM=',
      },
    ],
    [
      "the status update of Twitter's documentation",
      {
        method: 'POST',
        url: 'https://api.twitter.com/1/statuses/update.json?include_entities=true',
        parameters: {
          oauth_consumer_key: 'xvz1evFS4wEEPTGEFPHBog',
          oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
          oauth_signature_method: 'HMAC-SHA1',
          oauth_timestamp: '1318622958',
          oauth_token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
          oauth_version: '1.0',
          status: 'Hello Ladies + Gentlemen, a signed OAuth request!',
        },
        secrets: ['kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw', 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE'],
        expected: 'tnnArxj06cWHq44gCs1OSKk/jLY=',
      },
    ],
  ])('signs %s', async (_, { method, url, parameters, secrets, expected }) => {
    const base = signatureBaseString(method, new URL(url), Object.entries(parameters));
    expect(await signature('HMAC-SHA1', base, ...secrets)).toBe(expected);
  });
});

describe('PLAINTEXT', () => {
  it.each([
    ['section 2.1', 'ja893SD9', '', 'ja893SD9%26'],
    ['section 2.3', 'ja893SD9', 'xyz4992k83j47x0b', 'ja893SD9%26xyz4992k83j47x0b'],
    // Encoded as a secret first and as a header value then, section 3.4.4.
    ['a secret with signs', 'a&b', 'c d', 'a%2526b%26c%2520d'],
  ])('stands in the header as in RFC 5849, %s', async (_, consumer, token, inHeader) => {
    const signed = await signature('PLAINTEXT', 'unused', consumer, token);
    expect(authorizationHeader([['oauth_signature', signed]])).toBe(`OAuth oauth_signature="${inHeader}"`);
  });
});

describe('the header', () => {
  it('is written as in RFC 5849, section 3.5.1', () => {
    const header = authorizationHeader([
      ['realm', 'Example'],
      ['oauth_consumer_key', '0685bd9184jfhq22'],
      ['oauth_token', 'ad180jjd733klru7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_signature', 'wOJIO9A2W5mFwDgiDvZbTSMK/PY='],
      ['oauth_timestamp', '137131200'],
      ['oauth_nonce', '4572616e48616d6d65724c61686176'],
      ['oauth_version', '1.0'],
    ]);
    expect(header).toBe(
      'OAuth realm="Example", oauth_consumer_key="0685bd9184jfhq22", oauth_token="ad180jjd733klru7", ' +
        'oauth_signature_method="HMAC-SHA1", oauth_signature="wOJIO9A2W5mFwDgiDvZbTSMK%2FPY%3D", ' +
        'oauth_timestamp="137131200", oauth_nonce="4572616e48616d6d65724c61686176", oauth_version="1.0"',
    );
  });
});
