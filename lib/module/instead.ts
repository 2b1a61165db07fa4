/**
 * What to write where JavaScript would make something of a value that only Nix knows, or decide by it: what is refused when it
 * runs, and what is found in the source, is said with these words.
 */
export const instead = {
  text: 'write str`…${value}…` (or lines`…`) to interpolate it in Nix',
  json: 'write builtins.toJSON(value), which makes the text in Nix',
  number: 'calculate and compare in Nix: add(value, 1), gt(value, 1)',
  value: 'write str`…${value}…` to put it in a text; calculate and compare in Nix: add(value, 1), eq(value, …)',
  members: 'select them by name, or use the set itself as a value; lib.attrValues and its kin work on it in Nix',
  has: 'ask in Nix: has(value, name)',
  /** Where it is not known which of the following it is. */
  test: 'decide in Nix: mkIf(test, …) around definitions, cond(test, yes, no), not(…), and(…), or(…) and eq(…) for values',
  if: 'write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value',
  not: 'write not(…)',
  and: 'write and(…, …), or mkIf(test, …) around a definition',
  or: 'write or(…, …)',
  cond: 'write cond(test, yes, no), or mkIf(test, …) around a definition',
  nullish:
    'an expression itself is never null: write orElse(…, …) for an attribute that may be missing, or nix`if ${value} == null then ${other} else ${value}`',
  eq: 'write eq(…, …) or ne(…, …)',
} as const;
