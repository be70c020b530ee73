/** What the catalogue holds between the compact facts and the bodies in Discogs' shape. */

export interface NamedEntity {
  readonly id: number;
  readonly name: string;
}

/** An artist on a release: `anv` is the name as printed, `join` the word before the next artist. */
export interface Credit extends NamedEntity {
  readonly anv: string;
  readonly join: string;
  readonly role: string;
}

/** A label or company on a release. */
export interface LabelCredit extends NamedEntity {
  readonly catno: string;
  readonly entityType: string;
  readonly entityTypeName: string;
}

export interface Track {
  readonly position: string;
  readonly type_: 'track' | 'heading' | 'index';
  readonly title: string;
  readonly duration: string;
  readonly artist?: NamedEntity;
  readonly sub_tracks?: readonly Track[];
}

export interface Format {
  readonly name: string;
  readonly qty: string;
  readonly descriptions?: readonly string[];
}

export interface Video {
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  readonly duration: number;
  readonly embed: boolean;
}

export interface Identifier {
  readonly type: string;
  readonly value: string;
  readonly description?: string;
}

export interface Release {
  readonly id: number;
  readonly masterId?: number;
  readonly artists: readonly Credit[];
  readonly title: string;
  readonly year: number;
  readonly released: string;
  readonly country: string;
  readonly labels: readonly LabelCredit[];
  readonly companies: readonly LabelCredit[];
  readonly format: Format;
  readonly genres: readonly string[];
  readonly styles: readonly string[];
  readonly tracklist: readonly Track[];
  readonly extraartists: readonly Credit[];
  readonly identifiers: readonly Identifier[];
  readonly videos: readonly Video[];
  readonly notes?: string;
}

export interface Master {
  readonly id: number;
  readonly versions: readonly [Release, ...Release[]];
}

export interface Artist extends NamedEntity {
  readonly realname?: string;
  readonly profile: string;
  readonly urls: readonly string[];
  readonly namevariations: readonly string[];
  readonly aliases: readonly NamedEntity[];
  readonly members: readonly Membership[];
  readonly groups: readonly Membership[];
}

export interface Membership extends NamedEntity {
  readonly active: boolean;
}

export interface Label extends NamedEntity {
  readonly profile?: string;
  readonly contact?: string;
  readonly urls: readonly string[];
  readonly parent?: NamedEntity;
  readonly sublabels: readonly NamedEntity[];
}
