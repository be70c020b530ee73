/** Which addresses count as one caller. */

/**
 * The address itself, or the /48 of an IPv6 address: one customer is given up to as much, which is 65,536 networks.
 * @see https://www.ripe.net/publications/docs/ripe-690/
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /:(\d+(?:\.\d+){3})$/.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.toLowerCase().split('::', 2);
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
