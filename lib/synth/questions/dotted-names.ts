/**
 * What a path means if names that hold dots have lost their quotes, which a shell takes away: `virtualHosts.example.org.root`
 * for `virtualHosts."example.org".root`.
 *
 * @param defined the paths of what is defined
 * @returns the path that has most in common with one of them by a name with dots; none if there is no such name
 */
export function withDots(path: readonly string[], defined: Iterable<readonly string[]>): string[] | undefined {
  let best: string[] | undefined;
  let most = 0;
  for (const names of defined) {
    const common = inCommon(path, names);
    const whole = names.slice(0, common.names);
    if (common.parts <= most || !whole.some((name) => name.includes('.'))) continue;
    most = common.parts;
    best = [...whole, ...path.slice(common.parts)];
  }
  return best;
}

/** How many names begin as a path does, and how much of the path they are. */
function inCommon(
  path: readonly string[],
  names: readonly string[],
): { readonly names: number; readonly parts: number } {
  let parts = 0;
  let count = 0;
  for (const name of names) {
    const length = name.split('.').length;
    if (path.slice(parts, parts + length).join('.') !== name) break;
    parts += length;
    count++;
  }
  return { names: count, parts };
}
