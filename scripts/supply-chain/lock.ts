import { z } from 'zod';

const packageSchema = z.object({
  version: z.string().optional(),
  license: z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  os: z.union([z.string(), z.array(z.string())]).optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
});

const wanted = z.record(z.string(), z.string()).default({});
const ownSchema = z.object({ dependencies: wanted, devDependencies: wanted, optionalDependencies: wanted });

const lockSchema = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), packageSchema.extend({ dependencies: wanted.optional() }).loose()),
});

/** One package as the lock file has it. */
export interface LockedPackage extends z.output<typeof packageSchema> {
  /** `@scope/name`, without the folders in which it is nested. */
  readonly name: string;
  readonly path: string;
}

export type Lock = z.output<typeof lockSchema>;
export type OwnPackage = z.output<typeof ownSchema>;

export function parseLock(text: string): Lock {
  return lockSchema.parse(JSON.parse(text));
}

export function parseOwnPackage(text: string): OwnPackage {
  return ownSchema.parse(JSON.parse(text));
}

/** Every package that an installation may bring, those for other systems too. */
export function lockedPackages({ packages }: Lock): readonly LockedPackage[] {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, found]) => ({ ...found, path, name: path.slice(path.lastIndexOf('node_modules/') + 13) }));
}
