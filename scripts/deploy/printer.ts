/** Prints lines in which no secret shows, whoever put it there. */

/** Shorter texts are words such as `tables`; masking them would only make lines unreadable. */
const SHORTEST_SECRET = 8;

export interface Printer {
  readonly say: (line: string) => void;
  readonly hide: (secret: string) => void;
}

export function printer(write: (line: string) => void): Printer {
  const hidden = new Set<string>();
  return {
    hide: (secret) => {
      if (secret.length >= SHORTEST_SECRET) hidden.add(secret);
    },
    say: (line) => {
      // The longest first: one secret may contain another.
      const secrets = [...hidden].sort((a, b) => b.length - a.length);
      write(secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line));
    },
  };
}
