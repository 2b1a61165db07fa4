/** Things of a graph that lead to each other, or one by itself; what they lead to beside are components before it. */
export interface Component<N> {
  readonly nodes: readonly N[];
  readonly next: ReadonlySet<Component<N>>;
}

/** A thing whose links are being followed. */
interface Visit<N> {
  readonly index: number;
  readonly links: readonly N[];
  followed: number;
  /** The lowest index of a thing under way that it leads to. */
  low: number;
}

/**
 * The strongly connected components of a graph that is found while it is walked (Tarjan 1972), without recursion and in
 * linear time over all calls: each thing is asked for its links once.
 */
export function componentsOf<N>(linksOf: (node: N) => readonly N[]): (node: N) => Component<N> {
  const known = new Map<N, Component<N>>();
  return (node) => {
    if (!known.has(node)) connect(node);
    return known.get(node)!;
  };

  function connect(root: N): void {
    const visits = new Map<N, Visit<N>>();
    /** Things whose component is not complete, in the order in which they were found. */
    const open: N[] = [];
    const way = [begin(root)];
    for (let visit = way.at(-1); visit; visit = way.at(-1)) {
      if (visit.followed < visit.links.length) {
        const link = visit.links[visit.followed++]!;
        if (known.has(link)) continue;
        const other = visits.get(link);
        if (other) visit.low = Math.min(visit.low, other.index);
        else way.push(begin(link));
        continue;
      }
      way.pop();
      const above = way.at(-1);
      if (above) above.low = Math.min(above.low, visit.low);
      if (visit.low === visit.index) complete(visit.index);
    }

    function begin(node: N): Visit<N> {
      const index = visits.size;
      const visit = { index, links: linksOf(node), followed: 0, low: index };
      visits.set(node, visit);
      open.push(node);
      return visit;
    }

    function complete(index: number): void {
      let first = open.length - 1;
      while (visits.get(open[first]!)!.index !== index) first--;
      const nodes = open.splice(first);
      const next = new Set<Component<N>>();
      const component = { nodes, next };
      for (const node of nodes) known.set(node, component);
      for (const node of nodes) for (const link of visits.get(node)!.links) next.add(known.get(link)!);
      next.delete(component);
    }
  }
}

/**
 * What a component and all that it leads to come to.
 *
 * @param known what components came to before; each is worked out once
 * @param of what things come to, and what they lead to comes to
 */
export function foldComponents<N, T>(
  root: Component<N>,
  known: Map<object, T>,
  of: (nodes: readonly N[], next: readonly T[]) => T,
): T {
  const stack = [root];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const size = stack.length;
    if (!known.has(top)) for (const one of top.next) if (!known.has(one)) stack.push(one);
    if (stack.length > size) continue;
    stack.pop();
    if (known.has(top)) continue;
    known.set(
      top,
      of(
        top.nodes,
        Array.from(top.next, (one) => known.get(one)!),
      ),
    );
  }
  return known.get(root)!;
}

/** The things of a component and of all that it leads to, but for components that were `seen` before. */
export function* reachedFrom<N>(root: Component<N>, seen: Set<object>): Iterable<N> {
  const stack = [root];
  for (let one = stack.pop(); one; one = stack.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    yield* one.nodes;
    for (const next of one.next) stack.push(next);
  }
}
