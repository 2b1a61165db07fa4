import fc from 'fast-check';

const TOKENS = [
  ...['a', 'b', 'or', 'x', "a'", 'a-b', '_', 'if', 'then', 'else', 'let', 'in', 'rec', 'with', 'assert', 'inherit'],
  ...['1', '2.5', '.5', '1.', '007', '1.0e3', '1e3', '9223372036854775807', '9223372036854775808'],
  ...['"', '"s"', '""', '"${', '"a${b}"', "''", "''x''", "''${", '${', '$', '\\', '#c\n', '/*c*/', '/*'],
  ...['{', '}', '[', ']', '(', ')', ';', ':', ',', '.', '...', '=', '@', '?', '!'],
  ...['++', '*', '/', '+', '-', '//', '<', '<=', '>', '>=', '==', '!=', '&&', '||', '->'],
  ...['./a', '/a', '~/a', '<a/b>', 'a/b', './${', '/', '~/', 'a:b', 'http://a', './a/', '//', '..', '\n', '\r', '\t'],
];

/** Tokens, glued together or not: mostly refused. */
export const tokenSoup: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(...TOKENS), fc.constantFrom(' ', ' ', '')), { maxLength: 9 })
  .map((tokens) => tokens.map(([token, space]) => token + space).join(''));

const STRING_PIECES = ['a', ' ', '  ', '\n', '\t', '\r', '\r\n', '$', '{', '}', "'", "''", '"', '\\', '\\n', '\\$'];
const SPECIAL_PIECES = ["'''", "''\\n", "''\\ ", "''\\", "''$", "''\\t", "''\\\n", '$$', '${', '${a}', '${"b"}', '# c'];

/** What stands between the quotes of a string, mostly of the kind that is accepted. */
export const stringText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...STRING_PIECES, '\n    ', '\n  ', 'a', 'b', ...SPECIAL_PIECES), { maxLength: 10 })
  .map((pieces) => pieces.join(''));

type Source = string;

const { expression } = fc.letrec<{
  expression: Source;
  operation: Source;
  term: Source;
  select: Source;
  items: Source;
  path: Source;
  formals: Source;
}>((tie) => {
  const depthIdentifier = fc.createDepthIdentifier();
  const deep = (...cases: fc.Arbitrary<Source>[]) => fc.oneof({ maxDepth: 5, depthIdentifier }, ...cases);
  const name = fc.constantFrom('a', 'b', 'c', 'x', 'y', 'z', 'foo');
  const join = (...parts: (string | fc.Arbitrary<Source>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
      .map((pieces) => pieces.join(' '));
  const constantKey = fc.constantFrom('"a"', '"b c"', '${"a"}', "${''b''}", '${("c")}', 'or', "${''a'''b''}");
  const key = fc.oneof(
    { depthIdentifier, maxDepth: 5 },
    { arbitrary: name, weight: 12 },
    { arbitrary: constantKey, weight: 2 },
    { arbitrary: tie('expression').map((expr) => `\${${expr}}`), weight: 1 },
    { arbitrary: tie('expression').map((expr) => `"a\${${expr}}"`), weight: 1 },
  );
  const operator = fc.constantFrom(
    ...['++', '*', '/', '+', '-', '//', '<', '<=', '>', '>=', '==', '!=', '&&', '||', '->'],
  );
  return {
    expression: deep(
      tie('operation'),
      join(name, ':', tie('expression')),
      join(tie('formals'), ':', tie('expression')),
      join(tie('formals'), '@', name, ':', tie('expression')),
      join(name, '@', tie('formals'), ':', tie('expression')),
      join('let', tie('items'), 'in', tie('expression')),
      join('with', tie('expression'), ';', tie('expression')),
      join('assert', tie('expression'), ';', tie('expression')),
      join('if', tie('expression'), 'then', tie('expression'), 'else', tie('expression')),
    ),
    operation: deep(
      tie('select'),
      join(tie('operation'), operator, tie('operation')),
      join(tie('operation'), operator, tie('operation'), operator, tie('operation')),
      join(fc.constantFrom('!', '-'), tie('operation')),
      join(tie('operation'), '?', tie('path')),
      join(tie('select'), tie('select')),
      join(tie('select'), tie('select'), tie('select')),
    ),
    select: deep(
      tie('term'),
      join(tie('term'), '.', tie('path')),
      join(tie('term'), '.', tie('path'), 'or', tie('select')),
      join(tie('term'), 'or'),
    ),
    term: deep(
      name,
      fc.constantFrom('1', '2.5', '"s"', './a', '<a>', 'a:b', "''s''", '{ }', '[ ]'),
      join('(', tie('expression'), ')'),
      join('{', tie('items'), '}'),
      join('rec {', tie('items'), '}'),
      join('let {', tie('items'), '}'),
      fc.array(tie('select'), { maxLength: 3 }).map((elements) => `[ ${elements.join(' ')} ]`),
      tie('expression').map((expr) => `"a\${${expr}}$"`),
      tie('expression').map((expr) => `''\n  a\${${expr}}\n ''`),
      tie('expression').map((expr) => `./a/\${${expr}}b`),
    ),
    items: fc
      .array(
        fc.oneof(
          { arbitrary: join(tie('path'), '=', tie('expression'), ';'), weight: 4 },
          { arbitrary: join(tie('path'), '= {', tie('items'), '} ;'), weight: 6 },
          { arbitrary: fc.array(name, { maxLength: 2 }).map((names) => `inherit ${names.join(' ')};`), weight: 1 },
          { arbitrary: join('inherit', constantKey, ';'), weight: 1 },
          { arbitrary: join('inherit (', tie('expression'), ')', name, ';'), weight: 1 },
        ),
        { maxLength: 3, depthIdentifier },
      )
      .map((items) => items.join(' ')),
    path: fc.array(key, { minLength: 1, maxLength: 3, depthIdentifier }).map((keys) => keys.join('.')),
    formals: fc
      .tuple(
        fc.uniqueArray(name, { maxLength: 3 }),
        fc.option(tie('expression')),
        fc.constantFrom('', '', ', ...', ', ...', ',', ', ...,', ', a'),
      )
      .map(([names, value, end]) => {
        const formals = names.map((formal, index) => (index === 1 && value !== null ? `${formal} ? ${value}` : formal));
        return formals.length === 0 ? `{ ${end.replace(/^, ?/, '')} }` : `{ ${formals.join(', ')}${end} }`;
      }),
  };
});

/** Source that follows the grammar but not every rule: duplicate names, operators that do not chain. */
export const grammatical = expression;

/** The same with a few characters taken away, put in or doubled. */
export const damaged: fc.Arbitrary<string> = fc
  .tuple(
    expression,
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('', ...TOKENS, ' ')), { minLength: 1, maxLength: 2 }),
  )
  .map(([source, edits]) => {
    let text = source;
    for (const [place, length, by] of edits) {
      const at = place % (text.length + 1);
      text = text.slice(0, at) + by + text.slice(at + length);
    }
    return text;
  });
