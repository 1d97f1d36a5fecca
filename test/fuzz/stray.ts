/** Rejections that nobody handles, exceptions that nobody catches, and what is printed past the log, as long as it watches. */
export interface Stray {
  /** Those since the last call, one sentence each. */
  take(): readonly string[];
  close(): void;
}

export function watchStray(): Stray {
  let found: string[] = [];
  const note = (what: string) => (error: unknown) =>
    void found.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const rejected = note('a rejection that nobody handles');
  const thrown = note('an exception that nobody catches');
  const { error: printed } = globalThis.console;
  Object.assign(globalThis.console, {
    error: (...parts: readonly unknown[]) => parts.forEach(note('printed past the log')),
  });
  process.on('unhandledRejection', rejected);
  process.on('uncaughtException', thrown);
  return {
    take: () => {
      const taken = found;
      found = [];
      return taken;
    },
    close: () => {
      Object.assign(globalThis.console, { error: printed });
      process.off('unhandledRejection', rejected);
      process.off('uncaughtException', thrown);
    },
  };
}
