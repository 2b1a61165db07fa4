import { stripVTControlCharacters } from 'node:util';

/** How much may be held back, in characters. */
const most = 32_000;

/** A private key that has begun, or lines of base64 that may go on. */
const unfinished =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?:(?!-----END)[\s\S])*$|(?:^|\n)(?:[A-Za-z0-9+/]{40,}={0,2}\r?\n)+$/;

/**
 * Takes what a program prints, in pieces as they come, and hands it over in whole lines, without colours. Lines that may
 * belong to one secret come together, since they can be told only then.
 */
export function printedLines(show: (lines: string) => void): { add(piece: string): void; end(): void } {
  let held = '';
  const handOver = (end: number) => {
    const lines = held.slice(0, end).replace(/\n$/, '');
    held = held.slice(end);
    show(stripVTControlCharacters(lines));
  };
  return {
    add(piece) {
      held += piece;
      const end = held.lastIndexOf('\n') + 1;
      const [open = ''] = unfinished.exec(held.slice(0, end)) ?? [];
      const whole = held.length > most ? end || held.length : held.lastIndexOf('\n', end - open.length) + 1;
      if (whole) handOver(whole);
    },
    end() {
      if (held) handOver(held.length);
    },
  };
}
