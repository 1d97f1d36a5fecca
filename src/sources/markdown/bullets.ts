/** A line's text behind its bullet or number: "* x", "- x", "+ x", "• x", "1. x", "2) x". */
export function withoutBullet(line: string): string {
  return line.replace(/^\s*(?:(?:[*+•·-]|\d{1,3}[.)])\s+)?[\s*`-]*/, '');
}
