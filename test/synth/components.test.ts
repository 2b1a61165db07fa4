import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Component, componentsOf, foldComponents, reachedFrom } from '../../lib/synth/components';

/** A graph of up to twelve things: what each links to. */
const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((count) => fc.array(fc.array(fc.nat(count - 1), { maxLength: 3 }), { minLength: count, maxLength: count }));

/** All that a thing leads to, and the thing itself. */
function reachable(graph: readonly (readonly number[])[], from: number): Set<number> {
  const seen = new Set([from]);
  for (const one of seen) for (const link of graph[one]!) seen.add(link);
  return seen;
}

describe('components', () => {
  it('hold what leads to each other, and lead to the rest', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const componentOf = componentsOf((node: number) => graph[node]!);
        for (const node of graph.keys()) {
          const component = componentOf(node);
          const all = reachable(graph, node);
          const mutual = [...all].filter((other) => reachable(graph, other).has(node));
          expect(new Set(component.nodes)).toEqual(new Set(mutual));
          expect(new Set(reachedFrom(component, new Set()))).toEqual(all);
          expect(component.next.has(component)).toBe(false);
        }
      }),
    );
  });

  it('are folded over each thing that they lead to', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const componentOf = componentsOf((node: number) => graph[node]!);
        const known = new Map<Component<number>, number>();
        for (const node of graph.keys()) {
          const least = foldComponents(componentOf(node), known, (nodes, next) => Math.min(...nodes, ...next));
          expect(least).toBe(Math.min(...reachable(graph, node)));
        }
      }),
    );
  });

  it('ask each thing once for its links, and fold each component once', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const asked: number[] = [];
        const folded: number[] = [];
        const componentOf = componentsOf((node: number) => {
          asked.push(node);
          return graph[node]!;
        });
        const known = new Map<Component<number>, true>();
        for (const node of graph.keys()) {
          foldComponents(componentOf(node), known, (nodes) => {
            folded.push(...nodes);
            return true;
          });
        }
        expect(asked.toSorted()).toEqual([...graph.keys()].toSorted());
        expect(folded.toSorted()).toEqual([...graph.keys()].toSorted());
      }),
    );
  });

  it('are gone through once, whoever leads to them', () => {
    const links = (node: number) => (node < 3 ? [node + 1] : []);
    const componentOf = componentsOf(links);
    const seen = new Set<object>();
    expect([...reachedFrom(componentOf(2), seen)]).toEqual([2, 3]);
    expect([...reachedFrom(componentOf(0), seen)]).toEqual([0, 1]);
  });

  it('may be chained without end', () => {
    const count = 200_000;
    const componentOf = componentsOf((node: number) => (node < count ? [node + 1] : []));
    const known = new Map<Component<number>, number>();
    expect(foldComponents(componentOf(0), known, (_, [next = 0]) => next + 1)).toBe(count + 1);
    expect([...reachedFrom(componentOf(0), new Set())]).toHaveLength(count + 1);
  });
});
