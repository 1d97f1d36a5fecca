import { z } from 'zod';
import { uuidV5 } from '../../src/domain/stix-id.ts';

const componentSchema = z.object({ 'bom-ref': z.string(), name: z.string(), version: z.string() }).loose();
const bomSchema = z
  .object({
    bomFormat: z.literal('CycloneDX'),
    specVersion: z.string(),
    metadata: z.object({ component: componentSchema }).loose(),
    components: z.array(componentSchema),
    dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
  })
  .loose();

/**
 * npm's bill of materials as the same bytes on every machine and at any time: no date, no tool, no folder's name, everything
 * in order, and a serial number made of the content.
 */
export function normaliseSbom(text: string, name: string): string {
  const bom = bomSchema.parse(JSON.parse(text));
  const { component } = bom.metadata;
  const content = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: bom.bomFormat,
    specVersion: bom.specVersion,
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'pre-build' }],
      component: { ...component, type: 'application', name },
    },
    components: inOrder(bom.components, (one) => one['bom-ref']).map(withoutEmpty),
    dependencies: inOrder(bom.dependencies, ({ ref }) => ref).map(({ ref, dependsOn }) => ({
      ref,
      dependsOn: [...new Set(dependsOn)].sort(),
    })),
  };
  const serialNumber = `urn:uuid:${uuidV5(`sbom\n${JSON.stringify(content)}`)}`;
  return `${JSON.stringify({ ...content, serialNumber }, null, 2)}\n`;
}

function inOrder<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}

function withoutEmpty(component: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(component).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
}
