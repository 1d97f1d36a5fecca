import type { SourceRecord } from '../domain/record.ts';
import type { SourceInfo } from '../domain/source.ts';

/**
 * A document as it was found: decoded and decompressed, with the name by which a person knows it. Importers
 * read no files themselves. `bytes` is the whole content; larger ones come as `chunks` (see `streams`).
 */
export interface SourceDocument {
  /** The path or URL as the operator gave it, without credentials. */
  readonly place: string;
  /** The decompressed content, without a byte order mark, as UTF-8; empty where `open` is given. */
  readonly bytes: Uint8Array;
  /**
   * Given, in place of `bytes`, for a document too large to be held, to importers that stream: begins the content
   * anew at each call, in pieces of about a megabyte that are good until the next is asked for.
   */
  readonly open?: () => Iterable<Uint8Array>;
  /** Given with `open`: the bytes `[start, end)` of the content, for a part that was seen to stand there. */
  readonly slice?: (start: number, end: number) => Uint8Array;
  /** The time of the file's last change, ISO 8601, where the file system or the server tells one. */
  readonly modified?: string;
}

/** A record or a part of a document that could not be taken, and why. Never thrown: collected and shown. */
export interface Rejection {
  /** The document's `place`. */
  readonly place: string;
  /** Where in it: `objects[17] (intrusion-set--…)`, `line 12`. Empty for the document as a whole. */
  readonly path: string;
  /** What is wrong, what was expected, what to do. */
  readonly reason: string;
}

/** Something worth knowing that lost nothing: an unknown marking, a tag that resolves to nothing. */
export interface Notice {
  readonly place: string;
  readonly path: string;
  readonly text: string;
}

export type ImportItem =
  /** Comes before the first record of its source; may come again when a document holds several sources. */
  | {
      readonly kind: 'source';
      readonly source: SourceInfo;
      /** True: the document holds all of the source, or of the `scope`; what is missing from it is gone. */
      readonly complete: boolean;
      /**
       * Which part of the source the document covers, where the source comes in several documents (the galaxy's
       * type). `source.version` is then the version of that part.
       */
      readonly scope?: string;
    }
  | { readonly kind: 'record'; readonly record: SourceRecord }
  | { readonly kind: 'rejection'; readonly rejection: Rejection }
  | { readonly kind: 'notice'; readonly notice: Notice };

/**
 * The port of a source: one importer for one format. An importer is a folder with `index.ts`, `schema.ts`,
 * `to-domain.ts`, `README.md` and one line in the registry.
 */
export interface Importer {
  /** The format's key: `stix`, `misp-galaxy`, `misp-event`, `markdown-report`, `markdown-profile`. */
  readonly kind: string;
  /** For people: "STIX 2.0 or 2.1 bundle". */
  readonly title: string;
  /**
   * How sure the importer is that the document is its own, by content alone: 0 not at all … 1 certain. Looks
   * at `head` (the first 64 KB as text) and, where JSON is small enough to have been parsed, at nothing more.
   */
  detect(head: string, place: string): number;
  /**
   * Yields the document's items in order. Never throws for bad content: yields rejections. `complete` on the
   * source item tells that the document is the source's whole content, so that what is missing is gone.
   */
  read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem>;
  /** True when `read` understands documents that come as `open`. */
  readonly streams?: true;
  /** True when its records give words in which names are to be found: read after what may tell the names. */
  readonly mentions?: true;
}

export interface ImportOptions {
  /** The operator's name for the source; absent: the importer derives one from the content. */
  readonly sourceName?: string;
  /** Overrides the source's default marking. */
  readonly defaultMarking?: SourceInfo['defaultMarking'];
  /** How a table's columns are to be read, as the operator wrote it (YAML or JSON); see `src/sources/csv/README.md`. */
  readonly mapping?: string;
}
