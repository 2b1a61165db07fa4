/**
 * What Nix says of an error, without what says nothing of it: colours, warnings above it, hints about flags that cdknix
 * does not pass on, places in the code that cdknix gave to Nix.
 */
export function messageOf(stderr: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Nix prints colours in spite of NO_COLOR
  const lines = stderr.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '').split(/\r?\n/);
  const start = lines.findIndex((line) => /^error(:|\s*\()/.test(line));
  return lines
    .slice(Math.max(start, 0))
    .filter((line) => !/^\s*\(?use '--show-trace'|^\s*\(stack trace truncated; use '--show-trace'/.test(line))
    .join('\n')
    .replace(/^\s*at «string»:\d+:\d+:\n(\s*\n|\s*\d*\|.*\n?)*/gm, '')
    .trim();
}
