// Draws the Teams icons: teams/color.png (192×192) and teams/outline.png (32×32, white on transparent). A lens over
// three rings. Each pixel is the mean of 16 samples.
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
type Painter = (x: number, y: number) => Colour;

const clear: Colour = [0, 0, 0, 0];
const white: Colour = [255, 255, 255, 255];
const navy: Colour = [18, 53, 91, 255];
const amber: Colour = [255, 176, 32, 255];

/** Coordinates run from 0 to 1. */
function isRing(x: number, y: number, radius: number, width: number): boolean {
  return Math.abs(Math.hypot(x - 0.45, y - 0.45) - radius) <= width / 2;
}

function isHandle(x: number, y: number, width: number): boolean {
  const along = (x - 0.45 + (y - 0.45)) / Math.SQRT2;
  const across = Math.abs(x - y) / Math.SQRT2;
  return along > 0.3 && along < 0.56 && across <= width / 2;
}

const outline: Painter = (x, y) => {
  const drawn = isRing(x, y, 0.3, 0.07) || isRing(x, y, 0.14, 0.06) || isHandle(x, y, 0.1);
  return drawn ? white : clear;
};

const colour: Painter = (x, y) => {
  if (Math.hypot(x - 0.45, y - 0.45) <= 0.055) return amber;
  if (isRing(x, y, 0.3, 0.06) || isHandle(x, y, 0.09)) return white;
  if (isRing(x, y, 0.2, 0.025) || isRing(x, y, 0.115, 0.025)) return [130, 170, 210, 255];
  return navy;
};

function draw(size: number, paint: Painter): Buffer {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const offset = row * (size * 4 + 1) + 1 + column * 4;
      rows.set(samplePixel(row, column, size, paint), offset);
    }
  }
  return png(size, rows);
}

function samplePixel(row: number, column: number, size: number, paint: Painter): Colour {
  const sum = [0, 0, 0, 0];
  for (let sample = 0; sample < 16; sample += 1) {
    const x = (column + ((sample % 4) + 0.5) / 4) / size;
    const y = (row + (Math.floor(sample / 4) + 0.5) / 4) / size;
    const [red, green, blue, alpha] = paint(x, y);
    sum[0] = (sum[0] ?? 0) + red * alpha;
    sum[1] = (sum[1] ?? 0) + green * alpha;
    sum[2] = (sum[2] ?? 0) + blue * alpha;
    sum[3] = (sum[3] ?? 0) + alpha;
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
  if (alpha === 0) return clear;
  return [
    Math.round(red / alpha),
    Math.round(green / alpha),
    Math.round(blue / alpha),
    Math.round(alpha / 16),
  ];
}

function png(size: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const result = Buffer.alloc(body.length + 8);
  result.writeUInt32BE(data.length, 0);
  result.set(body, 4);
  result.writeUInt32BE(crc32(body), body.length + 4);
  return result;
}

writeFileSync('teams/color.png', draw(192, colour));
writeFileSync('teams/outline.png', draw(32, outline));
