/** The one among several that more use than any other; the only one, if there is no other. Nothing if two are equal. */
export function mostUsed<T>(all: readonly T[], uses: (one: T) => number): T | undefined {
  const [first, second] = all.toSorted((a, b) => uses(b) - uses(a));
  return first && (!second || uses(first) > uses(second)) ? first : undefined;
}
