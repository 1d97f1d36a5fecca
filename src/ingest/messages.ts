import type { Tlp } from '../domain/tlp.ts';
import type { ImportItem } from '../sources/types.ts';

/** One document for the reading thread. */
export interface ReadJob {
  readonly place: string;
  /** The file to read; absent when `bytes` carry the content. */
  readonly path?: string;
  readonly bytes?: Uint8Array;
  /** True when nobody named the document itself: it was met in a folder. */
  readonly found?: boolean;
  readonly kind?: string;
  readonly sourceName?: string;
  readonly marking?: Tlp;
  readonly mapping?: string;
  /** True: a document whose words are to be searched for names is only told from others, and not read now. */
  readonly defersMentions?: boolean;
  /** Of the file's last change, where that is not the file's own to tell. */
  readonly modified?: string;
  /** The largest document that is held, decompressed. */
  readonly maxBytes: number;
  /** Which documents are read in pieces, where their importer can; absent: none. */
  readonly streamed?: {
    /** Those above this. */
    readonly aboveBytes: number;
    /** The largest, decompressed. */
    readonly maxBytes: number;
  };
}

export type ToWorker =
  | { readonly type: 'read'; readonly job: ReadJob }
  /** The last batch is worked off: the next may come. */
  | { readonly type: 'more' };

/** How the reading of a document ended. */
export type ReadEnd =
  | { readonly status: 'read'; readonly kind: string }
  /** Not read, as the job wished. */
  | { readonly status: 'deferred' }
  /** Of no format that is read. */
  | { readonly status: 'unknown'; readonly reason: string }
  /** `isBinary`: no text, so perhaps only a picture beside the data. */
  | {
      readonly status: 'unreadable';
      readonly reason: string;
      readonly isBinary: boolean;
      /** True where the document is not to blame: another time it may be read. */
      readonly isPassing?: boolean;
    };

export type FromWorker =
  | { readonly type: 'items'; readonly items: readonly ImportItem[] }
  /** Nothing to hand over yet, but the reading goes on. */
  | { readonly type: 'progress' }
  | { readonly type: 'end'; readonly end: ReadEnd };
