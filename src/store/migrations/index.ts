import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import { createRecords } from './0001-records.ts';
import { createDocuments } from './0002-documents.ts';
import { createConnections } from './0003-connections.ts';
import { createSettings } from './0004-settings.ts';
import { createThreads } from './0005-threads.ts';
import { createDeliveries } from './0006-deliveries.ts';
import { createInstallations } from './0007-installations.ts';
import { createAnswers } from './0008-answers.ts';
import type { ColumnTypes } from './column-types.ts';

/** A step of the schema, the same for both databases. There is no way down: restore a backup instead. */
export type MigrationStep = (db: Kysely<Tables>, types: ColumnTypes) => Promise<void>;

/** All steps by name, in the order of their names. A step that was released is never altered. */
export const migrationSteps: Readonly<Record<string, MigrationStep>> = {
  '0001-records': createRecords,
  '0002-documents': createDocuments,
  '0003-connections': createConnections,
  '0004-settings': createSettings,
  '0005-threads': createThreads,
  '0006-deliveries': createDeliveries,
  '0007-installations': createInstallations,
  '0008-answers': createAnswers,
};
