/** Ends an exhaustive switch: reached only when a union grew and the switch did not. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
