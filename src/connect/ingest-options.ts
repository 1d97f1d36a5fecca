import type { Connection } from '../domain/connection.ts';
import type { IngestOptions } from '../ingest/types.ts';

/** How the documents of a connection are to be read. */
export function ingestOptionsOf({ format, sourceName, marking, mapping }: Connection): IngestOptions {
  return {
    ...(format === undefined ? {} : { kind: format }),
    ...(sourceName === undefined ? {} : { sourceName }),
    ...(marking === undefined ? {} : { marking }),
    ...(mapping === undefined ? {} : { mapping }),
  };
}
