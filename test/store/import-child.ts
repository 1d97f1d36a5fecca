// A process that imports: `import-child.ts HOME open|put|finish TITLE`. It says on standard output how far it is.
import { openStore } from '../../src/store/open-store.ts';
import { actor, source } from './fixtures.ts';

const [home = '', mode = '', title = ''] = process.argv.slice(2);
const store = await openStore({ home });
if (mode === 'open') {
  process.stdout.write(`version ${await store.knowledgeVersion()}\n`);
} else {
  const session = await store.beginImport(source, { now: Date.now(), complete: true });
  await session.put(Array.from({ length: 1000 }, (_, index) => actor(index, { title })));
  process.stdout.write('put\n');
  if (mode === 'finish') {
    await session.finish();
    process.stdout.write('finished\n');
  } else {
    await new Promise((resolve) => {
      setTimeout(resolve, 60_000);
    });
  }
}
await store.close();
