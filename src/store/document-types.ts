import type { SourceInfo } from '../domain/source.ts';

/** A document that was imported before with the same fingerprint. */
export interface KnownDocument {
  /** As it was given to `rememberDocument`. */
  readonly told: string;
  readonly parts: readonly KnownPart[];
}

/** What the document brought into one source, or one scope of it. */
export interface KnownPart {
  readonly source: string;
  readonly scope?: string;
  /** The source as the import described it. */
  readonly described: SourceInfo;
  readonly complete: boolean;
  /** What another import of the same would count as long as `isCurrent`: unchanged, kept out as older, refused. */
  readonly unchanged: number;
  readonly stale: number;
  readonly rejected: number;
  /**
   * True while another import of the same would alter nothing: no record that the document brought was altered since,
   * whoever did it; the source has the marking, reliability and release of the document; and, where the part was complete, nothing else came
   * into what it covers.
   */
  readonly isCurrent: boolean;
}

/**
 * What was imported already, so that equal documents need not be read again. A document is known by a key (where it
 * stands and how it is to be read) and a fingerprint (of its content and of whatever else decides the result).
 * `ImportSessionOptions.document` says which key an import belongs to; the key is forgotten when such an import
 * ends, and known again once `rememberDocument` has been called.
 */
export interface DocumentStore {
  knownDocument(key: string, fingerprint: string): Promise<KnownDocument | undefined>;
  /** `brought`: the parts that its imports fed; others that an earlier version of the document fed are forgotten. */
  rememberDocument(key: string, document: RememberedDocument): Promise<void>;
  /**
   * Rises with every import that may alter what actors, software, techniques and campaigns are called: what was found
   * in a text by names may then be found otherwise.
   */
  namesVersion(): Promise<number>;
  /** Notes that a source, or a scope of it, was found as it is by an import at this time (epoch milliseconds). */
  touchImport(source: string, scope: string | undefined, now: number): Promise<void>;
}

export interface RememberedDocument {
  readonly fingerprint: string;
  /** Plain text of the caller's own. */
  readonly told: string;
  readonly brought: readonly { readonly source: string; readonly scope?: string }[];
}
