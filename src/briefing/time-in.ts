/** `2026-11-23 02:04`, as the clocks of an IANA zone show it. */
export function timeIn(zone: string, epochMs: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    epochMs,
  );
}
