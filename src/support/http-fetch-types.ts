export interface FetchOptions {
  /** The largest answer, counted after decompression. */
  readonly maxBytes: number;
  /**
   * True: the host of the first address, and those of `allowedHosts`, may have private, loopback and link-local
   * addresses. Hosts that a redirect brings in besides must be public even then.
   */
  readonly allowPrivateAddresses: boolean;
  /** Hosts, with port where it is not the protocol's own, that may be asked, redirects included; absent: any. */
  readonly allowedHosts?: readonly string[];
  /** Sent to the origin of the first address only: what redirects elsewhere gets none of them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A POST with this body, as JSON. */
  readonly jsonBody?: string;
  /** From an earlier answer: when nothing changed since, the server may say so in place of sending it again. */
  readonly validators?: { readonly etag?: string; readonly lastModified?: string };
  /** A file that the answer is written to, where it is too large to be held; `bytes` is then empty. */
  readonly toFile?: string;
  readonly timeouts?: Partial<FetchTimeouts>;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

export interface FetchTimeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly bodyMs: number;
  /** Of everything, redirects included. */
  readonly totalMs: number;
}

export interface FetchedDocument {
  readonly ok: true;
  readonly bytes: Uint8Array;
  /** True when the server said that nothing changed since `validators`: there are no bytes then, and no file. */
  readonly notModified: boolean;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer came from in the end, without credentials. */
  readonly url: URL;
}

export interface FetchFailure {
  readonly ok: false;
  readonly reason: string;
  /** Nobody answered, or the server failed: trying later may help. */
  readonly isOutage: boolean;
  /** The answer's status, where there was an answer. */
  readonly status?: number;
  /** What the server asked to wait for, in seconds. */
  readonly retryAfterSeconds?: number;
  /** True when the answer outgrew `maxBytes`. */
  readonly isTooLarge?: true;
}

export type Fetched = FetchedDocument | FetchFailure;
