import { describe, expect, it } from 'vitest';
import { parseBody, readBody } from '../../../src/chat/slack/request-body.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const post = (body: string | ReadableStream, headers: Record<string, string> = {}): Request =>
  new Request('http://127.0.0.1/', { method: 'POST', body, headers, ...({ duplex: 'half' } as object) });

describe('parseBody', () => {
  it.each([
    ['application/json', '{"type":"event_callback"}', { type: 'event_callback' }],
    ['application/json; charset=utf-8', '{"a":1}', { a: 1 }],
    ['Application/JSON;charset=UTF-8', '{"a":1}', { a: 1 }],
    ['application/x-www-form-urlencoded', 'command=%2Fapt&text=a+b', { command: '/apt', text: 'a b' }],
    ['application/x-www-form-urlencoded; charset=utf-8', 'text=caf%C3%A9', { text: 'café' }],
    ['application/x-www-form-urlencoded', 'payload=%7B%22a%22%3A1%7D&command=x', { a: 1 }],
  ])('reads %s %s', (type, text, expected) => {
    expect(parseBody(type, bytes(text))).toEqual(expected);
  });

  it.each([
    [null, '{}'],
    ['text/plain', '{}'],
    ['multipart/form-data', 'x'],
    ['application/json', ''],
    ['application/json', '{'],
    ['application/json', '[1]'],
    ['application/json', 'null'],
    ['application/json', '"x"'],
    ['application/x-www-form-urlencoded', 'payload=%7B'],
    ['application/x-www-form-urlencoded', 'payload=7'],
  ])('refuses %s %s', (type, text) => {
    expect(parseBody(type, bytes(text))).toBeUndefined();
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(parseBody('application/json', Uint8Array.of(0x22, 0xff, 0x22))).toBeUndefined();
  });
});

describe('readBody', () => {
  it('reads a body up to the limit, and an absent one as empty', async () => {
    expect(await readBody(post('12345'), 5)).toEqual(Buffer.from('12345'));
    expect(await readBody(new Request('http://127.0.0.1/'), 5)).toEqual(new Uint8Array());
  });

  it('refuses a longer body, whatever its header says', async () => {
    expect(await readBody(post('123456'), 5)).toBeUndefined();
    expect(await readBody(post('12', { 'content-length': '6' }), 5)).toBeUndefined();
  });

  it('stops reading a body without an end', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_000));
      },
    });

    expect(await readBody(post(endless), 10_000)).toBeUndefined();
    expect(pulled).toBeLessThan(20);
  });
});
