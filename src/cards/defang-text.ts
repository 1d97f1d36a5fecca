import { defang } from '../domain/indicator.ts';

const urlInText = /\b(?:https?|ftp):\/\/\S+|\bwww\.\S+/gi;
const domainInText = /(?<![\w.@[-])(?:[\w-]{1,63}\.){1,10}[a-z]{2,24}(?![\w.-])/gi;
const ipv4InText = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g;
const emailInText = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;

/** Running text in which no web address is left that a platform would make clickable of its own accord. */
export function defangUrls(text: string): string {
  return text.replace(urlInText, defang);
}

/** As `defangUrls`, and also bare domains, IPv4 and e-mail addresses: for text that platforms link generously. */
export function defangAll(text: string): string {
  return defangUrls(text)
    .replace(emailInText, defang)
    .replace(ipv4InText, defang)
    .replace(domainInText, defang);
}
