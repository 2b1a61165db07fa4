import { structuredPatch } from 'diff';
import * as fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../lib/cli/fix/edit';
import type { Place } from '../../lib/diagnostics';

const placeOf = (path: string): Place => path.split('/').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Makes fixes in the first call of `set` of a text. */
function applied(text: string, ...fixes: readonly (readonly [from: string, to: string])[]) {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const line = lines.findIndex((one) => one.includes('set('));
  const call = { file: 'main.ts', line: line + 1, column: lines[line]!.indexOf('set(') + 1, isSource: true as const };
  const all = fixes.map(([from, to]) => ({ call, from: placeOf(from), to: placeOf(to) }));
  return applyFixes(ts, 'main.ts', text, all);
}

/** The text after fixes that are all made. */
function fixed(text: string, ...fixes: readonly (readonly [from: string, to: string])[]): string {
  const { text: after, outcomes } = applied(text, ...fixes);
  expect(outcomes.flatMap(({ reason }) => reason ?? [])).toEqual([]);
  return after;
}

/** The lines that fixes change. */
function changes(text: string, ...fixes: readonly (readonly [from: string, to: string])[]): string {
  const { hunks } = structuredPatch('', '', text, fixed(text, ...fixes), '', '', { context: 1 });
  return hunks.flatMap((hunk) => hunk.lines).join('\n');
}

/** Why a fix is not made; the text stays as it is then. */
function refused(text: string, from: string, to: string): string | undefined {
  const { text: after, outcomes } = applied(text, [from, to]);
  expect(after).toBe(text);
  return outcomes[0]!.reason;
}

const whole = `import { mkIf } from 'cdknix';

host.set({
  // All services.
  services: {
    // Foo, since
    // last year.
    foo: {
      settings: {
        a: 1, // one
        /*
         * two
         */
        b: \`x
    y\`,
      }, // done
    },

    // X.
    x: 1, // the x
  },
  programs: {
    y: 1 // last
  },
});
`;

describe('a definition that stays in its group', () => {
  it.each([
    ['{ a: { b: 1 } }', 'a/b', 'a/c', '{ a: { c: 1 } }'],
    ['{ a: { b: 1 } }', 'a/b', 'a/c-d', `{ a: { 'c-d': 1 } }`],
    ['{ a: { "b-c": 1 } }', 'a/b-c', 'a/d-e', '{ a: { "d-e": 1 } }'],
    [`{ a: { 'b-c': 1 } }`, 'a/b-c', 'a/d', '{ a: { d: 1 } }'],
    ['{ a: { ["b"]: 1 } }', 'a/b', 'a/c', '{ a: { c: 1 } }'],
    ['{ a: { b: 1 } }', 'a/b', 'a/class', '{ a: { class: 1 } }'],
    ['{ a: { b: 1 } }', 'a/b', 'a/__proto__', `{ a: { ['__proto__']: 1 } }`],
    ['{ a: { b: 1 } }', 'a/b', `a/it's`, `{ a: { 'it\\'s': 1 } }`],
    ['{ a: { b: "" } }', 'a/b', 'a/"', '{ a: { "\\"": 1 } }'.replace('1', '""')],
    ['{ a: { b } }', 'a/b', 'a/c', '{ a: { c: b } }'],
    ['{ a: { b /* x */ : /* y */ 1 } }', 'a/b', 'a/c', '{ a: { c /* x */ : /* y */ 1 } }'],
    ['{ a: { b: 1 } }', 'a/b', 'a/c/d', '{ a: { c: { d: 1 } } }'],
    ['{ a: { b: 1 } }', 'a/b', 'a/b/c', '{ a: { b: { c: 1 } } }'],
    ['{ a: { b } }', 'a/b', 'a/c/b', '{ a: { c: { b } } }'],
    ['{ a: { b: { c: 1 } } }', 'a/b/c', 'a/b', '{ a: { b: 1 } }'],
    ['{ a: { b: { c: 1 } } }', 'a/b/c', 'a/d', '{ a: { d: 1 } }'],
    ['{ a: { b: { c: 1 } } }', 'a/b/c', 'd/e/f', '{ d: { e: { f: 1 } } }'],
    ['{ a: { b: { c: 1 } } }', 'a/b/c', 'd/e', '{ d: { e: 1 } }'],
    ['{ a: { b: { c: 1 } } }', 'a/b/c', 'd/e/f/g', '{ d: { e: { f: { g: 1 } } } }'],
    ['{ a: mkIf(c, { b: mkForce(1) }) }', 'a/b', 'd/e', '{ d: mkIf(c, { e: mkForce(1) }) }'],
    ['mkMerge([{ a: 1 }, { a: 2 }])', '1/a', '1/b', 'mkMerge([{ a: 1 }, { b: 2 }])'],
    ['{ a: [{ b: 1 }, { b: 2 }] }', 'a/1/b', 'a/1/c', '{ a: [{ b: 1 }, { c: 2 }] }'],
    ['{ a: c ? { b: 1 } : { b: 2 } }', 'a/b', 'a/d', '{ a: c ? { d: 1 } : { d: 2 } }'],
    ['{ x: 1, ...(c && { a: { b: 1 } }) }', 'a/b', 'a/d', '{ x: 1, ...(c && { a: { d: 1 } }) }'],
    ['{ ...{ x: 1 }, b: 1 }', 'b', 'c', '{ ...{ x: 1 }, c: 1 }'],
  ])('gets another name: %s, %s → %s', (before, from, to, after) => {
    expect(fixed(`host.set(${before});`, [from, to])).toBe(`host.set(${after});`);
  });

  it('is followed into a constant that nothing else uses', () => {
    expect(fixed('const a = { b: 1 };\nhost.set({ a, x: other.a });', ['a/b', 'a/c'])).toBe(
      'const a = { c: 1 };\nhost.set({ a, x: other.a });',
    );
  });

  it('keeps its comments and its lines', () => {
    expect(fixed(whole, ['services/foo', 'services/bar'])).toBe(whole.replace('    foo:', '    bar:'));
    expect(changes(whole, ['services/foo/settings', 'services/foo'])).toMatchInlineSnapshot(`
      "     // last year.
      +    // done
           foo: {
      -      settings: {
      -        a: 1, // one
      -        /*
      -         * two
      -         */
      -        b: \`x
      +      a: 1, // one
      +      /*
      +       * two
      +       */
      +      b: \`x
           y\`,
      -      }, // done
           },"
    `);
    expect(changes(whole, ['services/foo', 'services/bar/foo'])).toMatchInlineSnapshot(`
      "     // last year.
      -    foo: {
      -      settings: {
      -        a: 1, // one
      -        /*
      -         * two
      -         */
      -        b: \`x
      +    bar: {
      +      foo: {
      +        settings: {
      +          a: 1, // one
      +          /*
      +           * two
      +           */
      +          b: \`x
           y\`,
      -      }, // done
      +        }, // done
      +      },
           },"
    `);
  });
});

describe('a definition that moves', () => {
  it.each([
    ['{ a: { b: 1, c: 2 } }', 'a/b', 'd/e', '{ a: { c: 2 }, d: { e: 1 } }'],
    ['{ a: { c: 2, b: 1 } }', 'a/b', 'd', '{ a: { c: 2 }, d: 1 }'],
    ['{ a: { c: 2, b: 1, } }', 'a/b', 'd', '{ a: { c: 2, }, d: 1 }'],
    ['{ a: { x: 1, b, c: 2 }, z: 1 }', 'a/b', 'd/b', '{ a: { x: 1, c: 2 }, d: { b }, z: 1 }'],
    ['{ a: { b: 1 }, d: {} }', 'a/b', 'd/e', '{ d: { e: 1 } }'],
    ['{ d: { x: { y: 1 } }, a: { b: { c: 1 } } }', 'a/b/c', 'd/x/z', '{ d: { x: { y: 1, z: 1 } } }'],
    ['{ d: { x: 1 }, a: { b: 1 } }', 'a/b', 'd/y/z', '{ d: { x: 1, y: { z: 1 } } }'],
    ['{ a: ({ b: 1, c: 2 }) as const }', 'a/b', 'd', '{ a: ({ c: 2 }) as const, d: 1 }'],
    ['{ a: { b: 1 } as const, d: ({ c: 1 }) }', 'a/b', 'd/b', '{ d: ({ c: 1, b: 1 }) }'],
    ['mkIf(c, { a: { b: 1, c: 2 } })', 'a/b', 'd', 'mkIf(c, { a: { c: 2 }, d: 1 })'],
    ['{ a: { /* b */ b: 1, /* c */ c: 2 } }', 'a/c', 'd', '{ a: { /* b */ b: 1 }, /* c */ d: 2 }'],
  ])('takes its place: %s, %s → %s', (before, from, to, after) => {
    expect(fixed(`host.set(${before});`, [from, to])).toBe(`host.set(${after});`);
  });

  it('takes its comments along', () => {
    expect(changes(whole, ['services/foo/settings', 'programs/foo/settings'])).toMatchInlineSnapshot(`
      "   services: {
      +    // X.
      +    x: 1, // the x
      +  },
      +  programs: {
      +    y: 1, // last
           // Foo, since
           y\`,
      -      }, // done
      -    },
      -
      -    // X.
      -    x: 1, // the x
      +      },
      +    } // done
         },
      -  programs: {
      -    y: 1 // last
      -  },
       });"
    `);
    expect(changes(whole, ['services/x', 'programs/x'])).toMatchInlineSnapshot(`
      "     },
      -
      -    // X.
      -    x: 1, // the x
         },
         programs: {
      -    y: 1 // last
      +    y: 1, // last
      +    // X.
      +    x: 1 // the x
         },"
    `);
    expect(changes(whole, ['programs/y', 'services/y'])).toMatchInlineSnapshot(`
      "     x: 1, // the x
      +    y: 1, // last
         },
      -  programs: {
      -    y: 1 // last
      -  },
       });"
    `);
  });

  it('makes new groups beside its old one', () => {
    expect(changes(whole, ['services/foo', 'virtualisation/foo'])).toMatchInlineSnapshot(`
      "   services: {
      -    // Foo, since
      -    // last year.
      +    // X.
      +    x: 1, // the x
      +  },
      +  // Foo, since
      +  // last year.
      +  virtualisation: {
           foo: {
           },
      -
      -    // X.
      -    x: 1, // the x
         },"
    `);
  });

  it('goes with others of its call', () => {
    expect(
      changes(
        whole,
        ['services/foo/settings/a', 'virtualisation/a'],
        ['services/x', 'programs/x'],
        ['services/foo/settings/b', 'virtualisation/b'],
        ['programs/y', 'y'],
      ),
    ).toMatchInlineSnapshot(`
      " host.set({
      -  // All services.
      -  services: {
      +  virtualisation: {
      +    a: 1,
           // Foo, since
           // last year.
      -    foo: {
      -      settings: {
      -        a: 1, // one
      -        /*
      -         * two
      -         */
      -        b: \`x
      -    y\`,
      -      }, // done
      -    },
      -
      +    /*
      +     * two
      +     */
      +    b: \`x
      +    y\`, // done
      +  }, // one
      +  programs: {
      +    // All services.
           // X.
      -    x: 1, // the x
      +    x: 1 // the x
         },
      -  programs: {
      -    y: 1 // last
      -  },
      +  y: 1, // last
       });"
    `);
  });

  it('goes with others of its file', () => {
    const text = 'const a = { b: 1 };\nx.set({ a });\ny.set({ c: { d: 1, e: 2 } }).set({ f: 1 });\n';
    const at = (line: number, column: number) => ({ file: 'main.ts', line, column });
    const { text: after, outcomes } = applyFixes(ts, 'main.ts', text, [
      { call: at(2, 3), from: ['a', 'b'], to: ['a', 'long-name'] },
      { call: at(3, 3), from: ['c', 'd'], to: ['g', 'd'] },
      { call: at(3, 31), from: ['f'], to: ['h'] },
    ]);
    expect(after).toBe(
      `const a = { 'long-name': 1 };\nx.set({ a });\ny.set({ c: { e: 2 }, g: { d: 1 } }).set({ h: 1 });\n`,
    );
    expect(outcomes.map(({ position }) => [position.line, position.column])).toEqual([
      [1, 13],
      [3, 14],
      [3, 36],
    ]);
  });

  it('is made in the module that is meant, where several are imported', () => {
    const text = 'x.import(y, { a: 1 }, { a: 1 });\n';
    const call = { file: 'main.ts', line: 1, column: 3, isSource: true as const };
    const fix = (argument: number, to: string) => ({ call: { ...call, argument }, from: ['a'], to: [to] });
    const { text: after, outcomes } = applyFixes(ts, 'main.ts', text, [fix(1, 'b'), fix(2, 'c')]);
    expect(after).toBe('x.import(y, { b: 1 }, { c: 1 });\n');
    expect(outcomes.map(({ position, reason }) => [position.column, reason])).toEqual([
      [15, undefined],
      [25, undefined],
    ]);
  });

  it('is made once, however often it is asked for', () => {
    expect(fixed('host.set({ a: 1 });', ['a', 'b'], ['a', 'b'])).toBe('host.set({ b: 1 });');
  });

  it('goes with the fix of a group that it is in', () => {
    expect(fixed('host.set({ a: { b: 1, c: 2 } });', ['a', 'x'], ['a/b', 'a/d'])).toBe(
      'host.set({ x: { d: 1, c: 2 } });',
    );
  });

  it('keeps the ends of lines, tabs, and a byte order mark', () => {
    const text = '\uFEFFhost.set({\n\ta: {\n\t\tb: {\n\t\t\tx: 1,\n\t\t},\n\t\tc: 2\n\t}\n});\n';
    const after = '\uFEFFhost.set({\n\ta: {\n\t\tc: 2\n\t},\n\td: {\n\t\tb: {\n\t\t\tx: 1,\n\t\t},\n\t}\n});\n';
    expect(fixed(text, ['a/b', 'd/b'])).toBe(after);
    expect(fixed(text.replaceAll('\n', '\r\n'), ['a/b', 'd/b'])).toBe(after.replaceAll('\n', '\r\n'));
  });
});

describe('a set that moves where one is', () => {
  it.each([
    ['{ a: { b: 1, c: 2 }, d: { e: 3 } }', 'a', 'd', '{ d: { e: 3, b: 1, c: 2 } }'],
    ['{ d: { e: 3 }, a: { b: 1, c: 2 } }', 'a', 'd', '{ d: { e: 3, b: 1, c: 2 } }'],
    ['{ d: { e: 3, }, a: { b: 1, c: 2, } }', 'a', 'd', '{ d: { e: 3, b: 1, c: 2, } }'],
    ['{ d: {}, a: { b: 1, c: 2 } }', 'a', 'd', '{ d: { b: 1, c: 2 } }'],
    ['{ x: { a: { b: 1 } }, y: { d: { e: 3 } } }', 'x/a', 'y/d', '{ y: { d: { e: 3, b: 1 } } }'],
    [`{ a: { 'b-c': 1, "d": 2, e }, f: { g: 3 } }`, 'a', 'f', `{ f: { g: 3, 'b-c': 1, "d": 2, e } }`],
    ['{ a: { b: mkIf(c, 1), f() {} }, d: ({ e: 3 }) as X }', 'a', 'd', '{ d: ({ e: 3, b: mkIf(c, 1), f() {} }) as X }'],
    ['{ a: { x: { b: 1 }, c: 2 }, d: { x: { e: 3 } } }', 'a', 'd', '{ d: { x: { e: 3, b: 1 }, c: 2 } }'],
    ['{ a: { x: { y: { b: 1 } } }, d: { x: { y: { e: 3 } } } }', 'a', 'd', '{ d: { x: { y: { e: 3, b: 1 } } } }'],
    [
      '{ /* a */ a: /* b */ { b: 1 /* c */ } /* d */, d: { e: 3 } }',
      'a',
      'd',
      '{ d: { e: 3, /* a */ /* d */ /* b */ /* c */ b: 1 } }',
    ],
    ['{ ...(x && { a: { b: 1 }, d: { e: 3 } }) }', 'a', 'd', '{ ...(x && { d: { e: 3, b: 1 } }) }'],
  ])('becomes part of it: %s, %s → %s', (before, from, to, after) => {
    expect(fixed(`host.set(${before});`, [from, to])).toBe(`host.set(${after});`);
  });

  it.each([
    ['{ a: { b: 1, c: 2 }, d: { c: 3 } }', `'c' is defined already, in line 1`],
    ['{ a: { x: { b: 1 } }, d: { x: 1 } }', `'x' is defined already, in line 1`],
    ['{ a: { x: 1 }, d: { x: { b: 1 } } }', `'x' is defined already, in line 1`],
    ['{ a: { x: {} }, d: { x: { b: 1 } } }', `'x' is defined already, in line 1`],
    ['{ a: { x: { b: 1 } }, d: { x: mkForce({ c: 1 }) } }', `'x' is defined already, in line 1`],
    ['{ a: { b: 1 }, d: mkIf(x, { e: 3 }) }', `'d' is defined already, in line 1`],
    ['{ a: { b: 1 }, d: mkDefault({ e: 3 }) }', `'d' is defined already, in line 1`],
    ['{ a: { b: 1 }, d: other }', `'d' is defined already, in line 1`],
    ['{ a: { b: 1 }, d }', `'d' is defined already, in line 1`],
    ['{ a: mkIf(x, { b: 1 }), d: { e: 3 } }', `'d' is defined already, in line 1`],
    ['{ a: { b: 1 } as X, d: { e: 3 } }', `'d' is defined already, in line 1`],
    ['{ a: other, d: { e: 3 } }', `'d' is defined already, in line 1`],
    ['{ a: {}, d: { e: 3 } }', `'d' is defined already, in line 1`],
    ['{ a: { b: 1 }, d: { ...other } }', `'...other' may define 'b' too`],
    ['{ a: { b: 1 }, d: { [name]: 1 } }', `'[name]' may define 'b' too`],
    ['{ a: { ...other }, d: { e: 3 } }', `what '...other' defines cannot be seen`],
    ['{ a: { [name]: 1 }, d: { e: 3 } }', `what '[name]' defines cannot be seen`],
  ])('stays: %s', (argument, reason) => {
    expect(refused(`host.set(${argument});`, 'a', 'd')).toBe(reason);
  });

  const ssh = `host.set({
  openssh: {
    // Extra.
    extraConfig: {
      // A is first.
      A: 1, // one

      // B is a list.
      B: [
        1,
      ],
      // C: 3,
    }, // the end
    settings: {
      X: 1 // x
    },
    passwordAuthentication: false,
  },
});
`;
  const moves = [
    ['openssh/extraConfig', 'openssh/settings'],
    ['openssh/passwordAuthentication', 'openssh/settings/PasswordAuthentication'],
  ] as const;

  it('takes its lines and comments along, and others go there too', () => {
    expect(changes(ssh, ...moves)).toMatchInlineSnapshot(`
      "   openssh: {
      -    // Extra.
      -    extraConfig: {
      +    settings: {
      +      X: 1, // x
      +      // Extra.
      +      // the end
      +      // C: 3,
             // A is first.
             ],
      -      // C: 3,
      -    }, // the end
      -    settings: {
      -      X: 1 // x
      +      PasswordAuthentication: false
           },
      -    passwordAuthentication: false,
         },"
    `);
  });

  it('gives the lines that it has to one that is written on one line', () => {
    const short = ssh.replace(/settings: \{[^}]*\}/, 'settings: { X: 1 }');
    expect(fixed(short, ...moves)).toBe(fixed(ssh.replace(' // x', ','), ...moves));
  });

  it('keeps the ends of lines and tabs', () => {
    const windows = (text: string) => text.replaceAll('  ', '\t').replaceAll('\n', '\r\n');
    expect(fixed(windows(ssh), ...moves)).toBe(windows(fixed(ssh, ...moves)));
  });
});

describe('a definition that cannot be followed stays as it is', () => {
  it.each([
    ['{ a: make() }', 'a/b', 'a/c', 'it is not written out in this call'],
    ['make()', 'a', 'b', 'it is not written out in this call'],
    ['{ a: { b: 1, c: 2 } }', 'a/b', 'a/c', `'c' is defined already, in line 1`],
    ['{ a: { b: 1 }, c: { b: 2 } }', 'a/b', 'c/b', `'b' is defined already, in line 1`],
    ['{ a: { b: { c: 1, d: 2 } } }', 'a/b/c', 'a/b', `'b' is defined already, in line 1`],
    ['{ a: { b: 1 }, c: 2 }', 'a/b', 'c/b', `'c' is not written as one object here`],
    ['{ a: { b: 1 }, c: mkIf(x, { d: 2 }) }', 'a/b', 'c/b', `'c' is not written as one object here`],
    ['{ a: { b: 1 }, ...(x && { c: { d: 1 } }) }', 'a/b', 'c/b', `'c' is not written as one object here`],
    ['{ ...(x && { a: { b: 1, e: 1 } }), c: { d: 1 } }', 'a/b', 'c/b', `'c' is not written as one object here`],
    ['{ a: { b: 1, ...rest } }', 'a/b', 'a/c', `'...rest' may define 'c' too`],
    ['{ a: { b: 1, [name]: 2 } }', 'a/b', 'a/c', `'[name]' may define 'c' too`],
    ['{ a: { b: 1 }, c: { ...rest } }', 'a/b', 'c/b', `'...rest' may define 'b' too`],
    [
      '{ a: 1, ...f(x,\n  "a long text, a long text, a long text") }',
      'a',
      'b',
      `'...f(x, "a long text, a long text, a lon…' may define 'b' too`,
    ],
    ['{ a: { [name]: 1 } }', 'a/b', 'a/c', 'a name on the way to it is computed'],
    ['{ [name]: { b: 1 } }', 'a/b', 'a/c', 'a name on the way to it is computed'],
    ['{ a: { b() {} } }', 'a/b', 'a/c', 'it is written as a function'],
    ['{ a: [1] }', 'a/0', 'b/0', 'it would have to leave a list'],
    ['{ a: mkMerge([{ b: 1 }]) }', 'a/0/b', 'c/d', 'it would have to leave a list'],
    ['{ a: mkIf(x, { b: 1, c: 2 }) }', 'a/b', 'd', 'it would have to leave mkIf(…)'],
    ['{ a: mkIf(x, { b: 1 }) }', 'a/b', 'c', 'it would have to leave mkIf(…)'],
    ['{ a: x ? { b: 1 } : {} }', 'a/b', 'c/b', 'it would have to leave an expression that chooses'],
    ['{ a: { ...{ b: 1 } } }', 'a/b', 'c/b', `it would have to leave '...{ b: 1 }'`],
    ['{ ...(x ? { a: { b: 1, c: 1 } } : { a: { b: 2, c: 1 } }) }', 'a/b', 'd', 'it is written in more than one place'],
  ])('%s, %s → %s: %s', (argument, from, to, reason) => {
    expect(refused(`host.set(${argument});`, from, to)).toBe(reason);
  });

  it.each([
    ['const a = { b: 1 };\nhost.set({ a });\nuse(a);', `the constant 'a' is used elsewhere too`],
    ['export const a = { b: 1 };\nhost.set({ a });', `the constant 'a' is used elsewhere too`],
    ['const a = { b: 1 };\nexport { a };\nhost.set({ a });', `the constant 'a' is used elsewhere too`],
    [`const n = 'b';\nhost.set({ a: { [n]: 1 } });`, 'its name is computed'],
    ['const a = { b: 1, x: 1 };\nhost.set({ a });', `it would have to leave the constant 'a'`],
    ['const r = { ...s };\nconst s = { ...r };\nhost.set({ a: { b: 1 }, ...r });', `'...r' may define 'c' too`],
  ])('%s: %s', (text, reason) => {
    expect(refused(text, 'a/b', reason.includes('leave') || reason.includes('...') ? 'c/b' : 'a/c')).toBe(reason);
  });

  it('says that it has two names', () => {
    const { text, outcomes } = applied('host.set({ a: 1 });', ['a', 'b'], ['a', 'c/d']);
    expect(text).toBe('host.set({ a: 1 });');
    expect(outcomes.map(({ reason }) => reason)).toEqual([
      'it has two new names, b and c.d',
      'it has two new names, c.d and b',
    ]);
  });

  it('says that the call is not there', () => {
    const call = { file: 'main.ts', line: 7, column: 1 };
    const { outcomes } = applyFixes(ts, 'main.ts', 'host.set({ a: 1 });', [{ call, from: ['a'], to: ['b'] }]);
    expect(outcomes).toEqual([
      { fix: { call, from: ['a'], to: ['b'] }, position: call, reason: 'the source has changed since it ran' },
    ]);
  });

  it('lets other fixes be made', () => {
    const { text, outcomes } = applied('host.set({ a: 1, b: 2, c: 3 });', ['a', 'b'], ['c', 'd']);
    expect(text).toBe('host.set({ a: 1, b: 2, d: 3 });');
    expect(outcomes.map(({ reason }) => reason)).toEqual([`'b' is defined already, in line 1`, undefined]);
  });
});

describe('any fix', () => {
  type Tree = { readonly [name: string]: Tree | number };
  const names = ['a', 'b', 'c', 'd-e', 'f'];

  const { tree } = fc.letrec<{ tree: Tree; node: Tree | number }>((tie) => ({
    tree: fc.dictionary(fc.constantFrom(...names), tie('node'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    node: fc.oneof({ maxDepth: 3 }, fc.nat(9), tie('tree')),
  }));

  /** How each object is written, by the draws of one run. */
  interface Style {
    readonly lines: boolean;
    readonly comma: boolean;
    readonly above: boolean;
    readonly behind: boolean;
    readonly inside: boolean;
    readonly blank: boolean;
    readonly value: number;
  }
  const style: fc.Arbitrary<Style> = fc.record({
    lines: fc.boolean(),
    comma: fc.boolean(),
    above: fc.boolean(),
    behind: fc.boolean(),
    inside: fc.boolean(),
    blank: fc.boolean(),
    value: fc.nat(5),
  });

  /** Writes a tree as a person might; comments are numbered. */
  function written(root: Tree, styles: readonly Style[], eol: string): string {
    let count = 0;
    let comments = 0;
    const next = () => styles[count++ % styles.length]!;
    const write = (node: Tree | number, indent: string): string => {
      const { lines, comma, value } = next();
      if (typeof node === 'number') {
        const forms = [
          `${node}`,
          `"${node}"`,
          `[${node},${eol}${indent}  0]`,
          `\`${node}${eol} x\``,
          `(${node})`,
          `f(${node})`,
        ];
        return forms[value]!;
      }
      const inner = lines ? `${indent}  ` : indent;
      const members = Object.entries(node).map(([name, member], i, all) => {
        const { above, behind, inside, blank } = next();
        const key = /^\w+$/.test(name) ? name : `'${name}'`;
        const text = `${key}: ${inside ? `/* ${comments++} */ ` : ''}${write(member, inner)}`;
        const end = i < all.length - 1 || comma ? ',' : '';
        if (!lines) return `${above ? `/* ${comments++} */ ` : ''}${text}${end}`;
        const lead = `${blank && i ? eol : ''}${above ? `${inner}// ${comments++}${eol}` : ''}`;
        return `${lead}${inner}${text}${end}${behind ? ` // ${comments++}` : ''}`;
      });
      return lines ? `{${eol}${members.join(eol)}${eol}${indent}}` : `{ ${members.join(' ')} }`;
    };
    return `host.set(${write(root, '')});${eol}`;
  }

  const valueOfText = (text: string): unknown => {
    const run = new Function('host', 'f', ts.transpile(text)) as (host: unknown, f: unknown) => void;
    let value: unknown;
    run({ set: (one: unknown) => (value = one) }, (one: number) => ['called', one]);
    return value;
  };
  const commentsOf = (text: string) => (text.match(/(?<=\/[/*] ?)\d+/g) ?? []).sort();
  const pathsOf = (node: Tree | number): string[][] =>
    typeof node === 'number'
      ? []
      : Object.entries(node).flatMap(([k, v]) => [[k], ...pathsOf(v).map((p) => [k, ...p])]);

  type Members = Record<string, unknown>;
  const isMembers = (value: unknown): value is Members =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

  /** What a fix does to the definitions themselves; nothing if something is in the way. */
  function movedIn(root: Members, from: readonly string[], to: readonly string[]): Members | undefined {
    const copy = structuredClone(root);
    const chain: Members[] = [copy];
    for (const name of from.slice(0, -1)) chain.push(chain.at(-1)![name] as Members);
    const value = chain.at(-1)![from.at(-1)!];
    delete chain.at(-1)![from.at(-1)!];
    for (let i = chain.length - 1; i > 0 && !Object.keys(chain[i]!).length; i--) delete chain[i - 1]![from[i - 1]!];
    let at = copy;
    for (const name of to.slice(0, -1)) {
      at[name] ??= {};
      if (!isMembers(at[name])) return undefined;
      at = at[name];
    }
    const there = at[to.at(-1)!] as Members;
    return !chain.includes(there) && put(at, to.at(-1)!, value) ? copy : undefined;
  }

  /** Gives a name a value, or the set that it names the members of one. */
  function put(at: Members, name: string, value: unknown): boolean {
    const there = at[name];
    if (isMembers(there) && isMembers(value)) return Object.entries(value).every(([k, v]) => put(there, k, v));
    if (name in at) return false;
    at[name] = value;
    return true;
  }

  const path = fc.array(fc.constantFrom(...names, 'g', 'h'), { minLength: 1, maxLength: 3 });

  it('moves the definition, loses no comment, and is made where nothing is in the way', () => {
    fc.assert(
      fc.property(
        tree,
        fc.array(style, { minLength: 5, maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        fc.nat(),
        fc.oneof(path, fc.nat()),
        (root, styles, eol, choice, target) => {
          const text = written(root, styles, eol);
          const before = valueOfText(text) as Members;
          const paths = pathsOf(root);
          const from = paths[choice % paths.length]!;
          const to = typeof target === 'number' ? paths[target % paths.length]! : target;
          fc.pre(from.join('/') !== to.join('/'));
          const { text: after, outcomes } = applied(text, [from.join('/'), to.join('/')]);
          const expected = movedIn(before, from, to);
          if (outcomes[0]!.reason !== undefined) {
            expect(after).toBe(text);
            expect(expected).toBeUndefined();
            return;
          }
          expect(valueOfText(after)).toEqual(expected);
          expect(commentsOf(after)).toEqual(commentsOf(text));
          expect(after.replaceAll('\r\n', '').includes('\n')).toBe(eol === '\n' && after.includes('\n'));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('goes with others of the same call', () => {
    fc.assert(
      fc.property(
        tree,
        fc.array(style, { minLength: 5, maxLength: 20 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 2, maxLength: 4 }),
        (root, styles, choices) => {
          const text = written(root, styles, '\n');
          const leaves = pathsOf(root).filter(
            (one) => typeof one.reduce((at, name) => (at as Tree)[name]!, root as Tree | number) === 'number',
          );
          const fixes = new Map<string, string[]>();
          choices.forEach(([choice, depth, isDeep], i) => {
            const from = leaves[choice % leaves.length]!;
            fixes.set(from.join('/'), [...from.slice(0, depth % from.length), ...(isDeep ? ['n'] : []), `n-${i}`]);
          });
          let expected = valueOfText(text) as Members;
          for (const [from, to] of fixes) expected = movedIn(expected, from.split('/'), to)!;
          const after = fixed(text, ...[...fixes].map(([from, to]) => [from, to.join('/')] as const));
          expect(valueOfText(after)).toEqual(expected);
          expect(commentsOf(after)).toEqual(commentsOf(text));
        },
      ),
      { numRuns: 500 },
    );
  });
});
