/**
 * What to write where JavaScript would decide about a value that only Nix knows: what an expression cannot be, and what the
 * compiler finds it to be used as, is said with these words.
 */
export const instead = {
  text: 'write str`…${value}…` (or lines`…`) to interpolate it in Nix',
  json: 'write builtins.toJSON(value), which makes the text in Nix',
  number: 'calculate and compare in Nix: nix`${value} + 1`',
  value: 'write str`…${value}…` to put it in a text; calculate and compare in Nix: nix`${value} == "x"`',
  members: 'select them by name, or use the set itself as a value; lib.attrValues and its kin work on it in Nix',
  test: 'decide in Nix: mkIf(condition, …)',
} as const;
