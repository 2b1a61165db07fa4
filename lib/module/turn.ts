let turns = 0;

/** A number that grows with each call: what was written first has the smaller one. */
export function nextTurn(): number {
  return turns++;
}
