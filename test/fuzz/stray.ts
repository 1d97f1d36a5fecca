/** Rejections that nobody handles, and exceptions that nobody catches, as long as it watches. */
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
  process.on('unhandledRejection', rejected);
  process.on('uncaughtException', thrown);
  return {
    take: () => {
      const taken = found;
      found = [];
      return taken;
    },
    close: () => {
      process.off('unhandledRejection', rejected);
      process.off('uncaughtException', thrown);
    },
  };
}
