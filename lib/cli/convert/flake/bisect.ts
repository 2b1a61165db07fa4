/**
 * Finds the first of some items with which something fails: none fail, and all of them do.
 *
 * @param fails whether it fails with the first items, this many
 */
export async function firstFailing(
  count: number,
  fails: (first: number) => boolean | Promise<boolean>,
): Promise<number> {
  let good = 0;
  let bad = count;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (await fails(middle)) bad = middle;
    else good = middle;
  }
  return bad - 1;
}
