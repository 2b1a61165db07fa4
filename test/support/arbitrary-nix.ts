import fc from 'fast-check';
import type {
  AttrSet,
  BinaryOp,
  Comment,
  Expr,
  Formal,
  Formals,
  Inherit,
  Interpolation,
  Item,
  Key,
  NameKey,
  Text,
  Trivia,
} from '../../lib/nix/ast';

/** Which comments the trees have: none, some where people put them, or some anywhere. */
export type Comments = 'none' | 'tidy' | 'anywhere';

/** What makes strings, keys and comments hard to write. */
export const HOSTILE = [
  ...['$', '{', '}', '${', "''${", '$${', "'", "''", "'''", '"', '\\', '\\n', "''\\", "''$", '#', '/*', '*/', '//'],
  ...['\n', '\n', '\r', '\r\n', '\t', ' ', '  ', '    ', '\n  ', '\n    ', 'a', 'b', 'word', '${x}', '$', '${"'],
  ...['é', '€', '😀', '\u2028', '\u0001', '\u001b', '\u007f', '\u00a0', '\u200b', '\ufeff', '\u0085', '\v', '\f'],
  ...['if', 'then', 'rec', 'or', 'inherit', '__proto__', 'constructor', '.', '..', '/', '@', ':', '?', ';', '0', '-'],
];

/** Text of hostile pieces, without NUL and without halves of surrogate pairs. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...HOSTILE), { maxLength: 12 })
  .map((pieces) => pieces.join(''));

const OPERATORS: BinaryOp[] = ['++', '*', '/', '+', '-', '//', '<', '<=', '>', '>=', '==', '!=', '&&', '||', '->'];

const identifier = fc.constantFrom(
  ...['a', 'b', 'x', "x'", 'lib', 'cfg', 'config', 'foo-bar', '_', 'optionalString', 'mkOption', 'or_else'],
  ...['aVeryVeryLongIdentifierNameThatGoesOnAndOnForQuiteAWhile', 'config.services'.slice(7), 'null', 'true'],
);

const attributeName = fc.oneof(
  { arbitrary: identifier, weight: 4 },
  { arbitrary: fc.constantFrom('a b', 'if', 'or', '', '1x', 'a.b', '__proto__', '${a}', 'é'), weight: 1 },
  { arbitrary: hostileText, weight: 1 },
);

const comment: fc.Arbitrary<Comment> = fc.oneof(
  fc
    .constantFrom('', ' a comment', 'no space', ' ends with spaces  ', ' /* x', ' */', ' "', ' ${', " ''")
    .map((text): Comment => ({ style: 'line', text })),
  fc
    .constantFrom(' block ', ' two\n lines ', '* documentation\n  of it\n', '* doc ', '\n  a\n    b\n\n  c\n', ' bash ')
    .map((text): Comment => ({ style: 'block', text })),
);

const ownLines = fc.array(fc.oneof(comment, comment, fc.constant(null)), { minLength: 1, maxLength: 3 }).map(
  // The parser makes one of several blank lines.
  (lines) => lines.filter((line, index) => line !== null || lines[index - 1] !== null),
);

/** Arbitrary trees that Nix accepts, but for undefined variables. */
export function arbitraryExpr(comments: Comments, maxDepth = 6): fc.Arbitrary<Expr> {
  const depthIdentifier = fc.createDepthIdentifier();
  const tidy = comments !== 'none';
  const anywhere = comments === 'anywhere';

  function trivia<T extends Trivia>(node: fc.Arbitrary<T>, on: boolean): fc.Arbitrary<T> {
    if (!on) return node;
    return fc
      .tuple(node, fc.option(ownLines, { freq: 8 }), fc.option(comment, { freq: 12 }))
      .map(([of, before, after]) => ({
        ...of,
        ...(before !== null && before.length > 0 ? { before } : {}),
        ...(after !== null && !after.text.includes('\n') ? { after } : {}),
      }));
  }

  const closing = tidy
    ? fc.option(ownLines, { freq: 10 }).map((last) => (last === null || last.length === 0 ? {} : { last }))
    : fc.constant({});
  const flag = fc.option(fc.constant(true), { freq: 6 });

  return fc.letrec<{ expr: Expr }>((tie) => {
    const bare = tie('expr');
    const expr = trivia(bare, anywhere);
    const listItem = trivia(bare, tidy);

    const text = fc.oneof(
      hostileText,
      fc.constantFrom('text', '', 'a long text that takes quite some space', 'a\nb\n'),
    );
    const parts: fc.Arbitrary<(Text | Interpolation)[]> = fc.array(
      fc.oneof(
        { arbitrary: text.map((value): Text => ({ kind: 'text', value })), weight: 3 },
        { arbitrary: expr.map((inner): Interpolation => ({ kind: 'interpolation', expr: inner })), weight: 1 },
      ),
      { maxLength: 4, depthIdentifier },
    );
    const name = attributeName.map((value): NameKey => ({ kind: 'name', name: value }));
    const key: fc.Arbitrary<Key> = fc.oneof(
      { depthIdentifier, maxDepth },
      { arbitrary: name, weight: 8 },
      // An application is never a constant, which could be the same name as another.
      {
        arbitrary: expr.map(
          (inner): Key => ({
            kind: 'dynamic',
            expr: { kind: 'apply', fn: { kind: 'ident', name: 'f' }, args: [inner] },
          }),
        ),
        weight: 1,
      },
      {
        arbitrary: fc.tuple(hostileText, expr).map(
          ([value, inner]): Key => ({
            kind: 'strKey',
            str: {
              kind: 'str',
              parts: [
                { kind: 'text', value },
                { kind: 'interpolation', expr: inner },
              ],
            },
          }),
        ),
        weight: 1,
      },
    );
    const attrPath = fc.array(key, { minLength: 1, maxLength: 3, depthIdentifier });

    const items: fc.Arbitrary<Item[]> = fc
      .uniqueArray(attributeName, { maxLength: 6, depthIdentifier })
      .chain((names) =>
        fc
          .tuple(
            ...names.map(() =>
              fc.tuple(
                fc.boolean(),
                fc.array(key, { maxLength: 2, depthIdentifier }),
                expr,
                fc.option(expr, { freq: 3 }),
                flag,
                closing,
              ),
            ),
          )
          .map((values) => {
            const all: Item[] = [];
            for (let i = 0; i < values.length; i++) {
              const [isInherit, rest, value, from, expanded, last] = values[i]!;
              if (!isInherit) {
                all.push({ kind: 'binding', path: [{ kind: 'name', name: names[i]! }, ...rest], value });
                continue;
              }
              const end = Math.min(names.length, i + 1 + rest.length * 2);
              all.push({
                kind: 'inherit',
                ...(from === null ? {} : { from }),
                names: names.slice(i, end).map((own) => ({ kind: 'name', name: own })),
                ...(expanded === null ? {} : { expanded: true }),
                ...(anywhere ? last : {}),
              } satisfies Inherit);
              i = end - 1;
            }
            return all;
          }),
      )
      .chain((all) => fc.tuple(...all.map((item) => trivia(fc.constant(item), tidy))));

    const formals: fc.Arbitrary<Formals> = fc
      .tuple(
        fc.uniqueArray(identifier, { maxLength: 4, depthIdentifier }),
        fc.array(fc.option(expr, { freq: 3 }), { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        flag,
        closing,
      )
      .chain(([names, defaults, ellipsis, expanded, last]) =>
        fc
          .tuple(
            ...names.map((own, index) => {
              const value = defaults[index];
              const formal: Formal = {
                name: own,
                ...(value === null || value === undefined ? {} : { default: value }),
              };
              return trivia(fc.constant(formal), tidy);
            }),
          )
          .map(
            (all): Formals => ({
              formals: all,
              ellipsis,
              ...(expanded !== null && all.length > 0 ? { expanded: true } : {}),
              ...last,
            }),
          ),
      );

    const set: fc.Arbitrary<AttrSet> = fc
      .tuple(items, fc.boolean(), flag, closing)
      .map(([all, rec, expanded, last]) => ({
        kind: 'set',
        items: all,
        ...(rec ? { rec } : {}),
        ...(expanded !== null && all.length > 0 ? { expanded: true } : {}),
        ...last,
      }));
    const list = fc.tuple(fc.array(listItem, { maxLength: 7, depthIdentifier }), flag, closing).map(
      ([all, expanded, last]): Expr => ({
        kind: 'list',
        items: all,
        ...(expanded !== null && all.length > 0 ? { expanded: true } : {}),
        ...last,
      }),
    );
    const ident = identifier.map((own): Expr => ({ kind: 'ident', name: own }));

    return {
      expr: fc.oneof(
        { depthIdentifier, maxDepth, depthSize: 'large' },
        { arbitrary: ident, weight: 4 },
        {
          arbitrary: fc
            .constantFrom('1', '96789', '2.5', '0.5', '1.0e21')
            .map((own): Expr => ({ kind: 'num', text: own })),
          weight: 1,
        },
        {
          arbitrary: fc
            .constantFrom('./.', './foo/bar.nix', '/etc/x', '../a', '~/x', 'a/b')
            .map((own): Expr => ({ kind: 'path', parts: [{ kind: 'text', value: own }] })),
          weight: 1,
        },
        { arbitrary: fc.constantFrom<Expr>({ kind: 'searchPath', path: 'nixpkgs/nixos' }), weight: 1 },
        { arbitrary: fc.constantFrom<Expr>({ kind: 'uri', uri: 'https://example.org/a?b=c' }), weight: 1 },
        { arbitrary: parts.map((all): Expr => ({ kind: 'str', parts: all })), weight: 2 },
        { arbitrary: parts.map((all): Expr => ({ kind: 'indented', parts: all })), weight: 2 },
        {
          arbitrary: expr.map(
            (inner): Expr => ({
              kind: 'path',
              parts: [
                { kind: 'text', value: './a/' },
                { kind: 'interpolation', expr: inner },
                { kind: 'text', value: '.nix' },
              ],
            }),
          ),
          weight: 1,
        },
        {
          arbitrary: fc.tuple(expr, attrPath, fc.option(expr, { freq: 3 })).map(
            ([of, path, orElse]): Expr => ({
              kind: 'select',
              of,
              path,
              ...(orElse === null ? {} : { orElse }),
            }),
          ),
          weight: 3,
        },
        {
          arbitrary: fc.tuple(expr, attrPath).map(([of, path]): Expr => ({ kind: 'hasAttr', of, path })),
          weight: 1,
        },
        {
          arbitrary: fc
            .tuple(expr, fc.array(expr, { minLength: 1, maxLength: 4, depthIdentifier }))
            .map(([fn, args]): Expr => ({ kind: 'apply', fn, args })),
          weight: 5,
        },
        {
          arbitrary: fc
            .tuple(fc.constantFrom<'-' | '!'>('-', '!'), expr)
            .map(([op, operand]): Expr => ({ kind: 'unary', op, operand })),
          weight: 1,
        },
        {
          arbitrary: fc
            .tuple(fc.constantFrom(...OPERATORS, '++', '//', '+', '&&'), expr, expr)
            .map(([op, left, right]): Expr => ({ kind: 'binary', op: op as BinaryOp, left, right })),
          weight: 5,
        },
        {
          arbitrary: fc.tuple(identifier, expr).map(([param, body]): Expr => ({ kind: 'lambda', param, body })),
          weight: 2,
        },
        {
          arbitrary: fc
            .tuple(formals, fc.option(fc.constantFrom('args', 'inputs'), { freq: 3 }), fc.boolean(), expr, flag)
            .map(
              ([pattern, param, paramFirst, body, bodyBelow]): Expr => ({
                kind: 'lambda',
                pattern,
                ...(param === null ? {} : { param, ...(paramFirst ? { paramFirst } : {}) }),
                body,
                ...(bodyBelow === null ? {} : { bodyBelow: true }),
              }),
            ),
          weight: 3,
        },
        {
          arbitrary: fc
            .tuple(items, expr, closing)
            .map(([all, body, last]): Expr => ({ kind: 'let', items: all, body, ...last })),
          weight: 2,
        },
        { arbitrary: fc.tuple(expr, expr).map(([env, body]): Expr => ({ kind: 'with', env, body })), weight: 2 },
        {
          arbitrary: fc.tuple(expr, expr).map(([condition, body]): Expr => ({ kind: 'assert', condition, body })),
          weight: 1,
        },
        {
          arbitrary: fc
            .tuple(expr, expr, expr)
            .map(([condition, yes, no]): Expr => ({ kind: 'if', condition, then: yes, else: no })),
          weight: 2,
        },
        { arbitrary: list, weight: 4 },
        { arbitrary: set, weight: 5 },
        { arbitrary: expr.map((inner): Expr => ({ kind: 'paren', expr: inner })), weight: 3 },
      ),
    };
  }).expr;
}
