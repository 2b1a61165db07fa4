/**
 * A text that a POSIX extended regular expression is likely to match: made from it part by part, and not exactly.
 *
 * @param random numbers from 0 to 1
 */
export function textOfPattern(pattern: string, random: () => number): string {
  let at = 0;
  return alternatives();

  function alternatives(): string {
    const all = [sequence()];
    while (pattern[at] === '|') {
      at++;
      all.push(sequence());
    }
    return all[Math.floor(random() * all.length)]!;
  }

  function sequence(): string {
    let text = '';
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const start = at;
      const one = atom();
      const count = quantity();
      const end = at;
      if (count > 0) text += one;
      for (let more = 1; more < count; more++) {
        at = start;
        text += atom();
        at = end;
      }
    }
    return text;
  }

  function atom(): string {
    const character = pattern[at++]!;
    if (character === '(') {
      const inner = alternatives();
      at++;
      return inner;
    }
    if (character === '[') return bracket();
    if (character === '\\') return pattern[at++] ?? '';
    if (character === '.') return 'x';
    return character === '^' || character === '$' ? '' : character;
  }

  function bracket(): string {
    const end = /^\^?\]?(?:\[:[a-z]+:\]|[^\]])*/.exec(pattern.slice(at))![0];
    at += end.length + 1;
    if (end.startsWith('^')) return [...'aB0_ -.:/'].find((one) => !end.includes(one)) ?? 'é';
    const named = /\[:([a-z]+):\]/.exec(end)?.[1];
    if (named) return { digit: '7', upper: 'Q', space: ' ', xdigit: 'f', punct: '-' }[named] ?? 'q';
    const range = /(.)-(.)/.exec(end);
    if (range && random() < 0.7) return random() < 0.5 ? range[1]! : range[2]!;
    return end[Math.floor(random() * end.length)] ?? '';
  }

  function quantity(): number {
    const match = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(pattern.slice(at));
    if (!match) return 1;
    at += match[0].length;
    if (match[0] === '*') return Math.floor(random() * 3);
    if (match[0] === '+') return 1 + Math.floor(random() * 2);
    if (match[0] === '?') return random() < 0.5 ? 1 : 0;
    const least = Number(match[1]);
    return match[2] && match[3] ? least + Math.floor(random() * (Number(match[3]) - least + 1)) : least;
  }
}
