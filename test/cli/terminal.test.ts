import { expect, it } from 'vitest';
import { flakeOf } from '../../lib/cli/project/git';
import { hasColours } from '../../lib/cli/terminal/released-text';
import { shellQuoted } from '../../lib/cli/terminal/shell';
import { countProblems } from '../../lib/cli/terminal/terminal';

it('has colours on a terminal only, and only for those who want them', () => {
  expect(hasColours({ isTTY: true }, { TERM: 'xterm' })).toBe(true);
  expect(hasColours({}, { TERM: 'xterm' })).toBe(false);
  expect(hasColours({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
  expect(hasColours({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
});

it('counts problems in words', () => {
  const problem = (severity: 'error' | 'warning') => ({ code: 'x', message: 'x', severity });
  expect(countProblems([problem('error')])).toBe('1 error');
  expect(countProblems([problem('warning'), problem('error'), problem('error')])).toBe('2 errors, 1 warning');
});

it('quotes words for the shell where they need it', () => {
  expect(shellQuoted('./nix#marcus@elitebook')).toBe('./nix#marcus@elitebook');
  expect(shellQuoted("a b'c")).toBe(`'a b'\\''c'`);
});

it('tells a folder from the name of a flake', () => {
  expect(flakeOf(`${process.cwd()}/nix`)).toBe('./nix');
  expect(flakeOf(process.cwd())).toBe('.');
  expect(flakeOf('/etc/nixos')).toBe('/etc/nixos');
});
