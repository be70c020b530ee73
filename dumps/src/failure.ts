/** Why a file of a dump cannot be read to its end. */

export type DumpFailure =
  | { readonly code: 'unreadable'; readonly path: string; readonly reason: string }
  | { readonly code: 'not-gzip'; readonly path: string }
  | { readonly code: 'damaged'; readonly path: string; readonly reason: string; readonly offset: number }
  | { readonly code: 'cut'; readonly path: string; readonly offset: number }
  | { readonly code: 'wrong-kind'; readonly path: string; readonly reason: string };

/** What happened and what to do next. */
export function explain(failure: DumpFailure): string {
  switch (failure.code) {
    case 'unreadable':
      return `${failure.path} cannot be read: ${failure.reason}.`;
    case 'not-gzip':
      return `${failure.path} is not a gzip file. Give the file as Discogs offers it, discogs_YYYYMMDD_*.xml.gz.`;
    case 'damaged':
      return `${failure.path} is damaged after ${failure.offset} bytes of XML: ${failure.reason}. Download it again and compare its checksum.`;
    case 'cut':
      return `${failure.path} ends after ${failure.offset} bytes of XML, before its end. Download it again and compare its checksum.`;
    case 'wrong-kind':
      return `${failure.path} is not the expected file: ${failure.reason}. Give each file under the name that Discogs gave it.`;
  }
}

/** Carries a failure. */
export class DumpError extends Error {
  readonly failure: DumpFailure;
  constructor(failure: DumpFailure) {
    super(explain(failure));
    this.name = 'DumpError';
    this.failure = failure;
  }
}
