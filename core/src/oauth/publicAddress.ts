/** Which IP addresses are public: a document of a client is fetched from no other, whatever name leads there. */

/** IPv4 in one number; undefined for any other text. */
function ipv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Network and number of leading bits. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const SPECIAL_IPV4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Azure's own services inside each of its networks, which no registry lists.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved and broadcast.
  ['224.0.0.0', 3],
];

function isPublicIpv4(address: number): boolean {
  return !SPECIAL_IPV4.some(([network, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor((ipv4(network) ?? 0) / size);
  });
}

/** The eight groups of an IPv6 address; undefined for any other text. */
function ipv6(text: string): readonly number[] | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const embedded = tail ? ipv4(tail[2] ?? '') : undefined;
  if (tail && embedded === undefined) return undefined;
  const plain =
    tail && embedded !== undefined
      ? `${tail[1]}${Math.floor(embedded / 65_536).toString(16)}:${(embedded % 65_536).toString(16)}`
      : text;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const groupsOf = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const [head = [], rest] = halves.map(groupsOf);
  const zeros = rest === undefined ? 0 : 8 - head.length - rest.length;
  if (rest !== undefined && zeros < 1) return undefined;
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...(rest ?? [])];
  const isValid = groups.length === 8 && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
  return isValid ? groups.map((group) => Number.parseInt(group, 16)) : undefined;
}

/** Global unicast alone, without what stands for other networks. @see https://www.iana.org/assignments/iana-ipv6-special-registry */
function isPublicIpv6(groups: readonly number[]): boolean {
  const [first = 0, second = 0] = groups;
  if (first < 0x2000 || first > 0x3fff) return false;
  // 2001::/23 is for protocols, Teredo included; then documentation, 6to4, and documentation again.
  if (first === 0x2001 && second < 0x200) return false;
  if (first === 0x2001 && second === 0xdb8) return false;
  return first !== 0x2002 && !(first === 0x3fff && second < 0x1000);
}

/** True for a public address, with or without brackets. False for everything else, names included. */
export function isPublicAddress(text: string): boolean {
  const address = text.replace(/^\[|\]$/g, '');
  const four = ipv4(address);
  if (four !== undefined) return isPublicIpv4(four);
  const six = ipv6(address);
  return six !== undefined && isPublicIpv6(six);
}

/** True for an IP address of any kind, as the `hostname` of a URL writes it. */
export const isAddress = (hostname: string): boolean =>
  ipv4(hostname) !== undefined || hostname.startsWith('[');
