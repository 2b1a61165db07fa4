import { joined, type Styled, styled } from '../diagnostics';
import type { HomeSummary, HostSummary, Summary } from '../synth/summary';
import { runApp } from './app/run-app';
import { readConfig } from './project/config';
import type { RunOptions } from './synth/synth';
import { print, printJson, showDiagnostics } from './terminal/terminal';

/** What `cdknix list` takes. */
export interface ListOptions extends RunOptions {
  readonly tree?: boolean;
}

/**
 * Shows the hosts and users of the flake, and the features that they use.
 *
 * @throws CdknixError if the app fails
 */
export async function list(options: ListOptions): Promise<void> {
  const { summary, warnings } = await runApp(readConfig(options), options.timeout);
  showDiagnostics(warnings);
  if (options.json) printJson(summary);
  else print([joined(options.tree ? treeOf(summary) : tableOf(summary)), '\n']);
}

/** A line for each host and home. */
function tableOf({ hosts, homes }: Summary): Styled[] {
  const row = (name: string, kind: string, { system, features }: HostSummary | HomeSummary) => [
    name,
    kind,
    system,
    features.join(', ') || '-',
  ];
  const rows = [
    ...hosts.flatMap((host) => [
      row(host.name, host.class, host),
      ...host.users.map((user) => row(`${user.name}@${host.name}`, kindOf(user, host), user)),
    ]),
    ...homes.map((home) => row(home.name, kindOf(home), home)),
  ];
  if (!rows.length) return ['the flake has no hosts and no users'];
  const [head, ...body] = columns([['NAME', 'KIND', 'SYSTEM', 'FEATURES'], ...rows]);
  return [styled('bold', head!), ...body];
}

/** Rows with their cells padded to the width of the column; the last one is not padded. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, i) => rows.reduce((width, row) => Math.max(width, row[i]!.length), 0));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}

/** Whether a home is switched with its host, by itself, or both. */
function kindOf({ configuration }: HomeSummary, host?: HostSummary): string {
  const standalone = configuration === undefined ? [] : ['home'];
  return (host ? ['user', ...standalone] : standalone).join(', ');
}

interface Branch {
  readonly label: Styled;
  readonly branches: readonly Branch[];
}

function treeOf({ hosts, homes }: Summary): Styled[] {
  const leaf = (label: string) => ({ label, branches: [] });
  const label = (name: string, ...details: string[]): Styled => [
    styled('bold', name),
    ' ',
    styled('dim', `(${details.join(', ')})`),
  ];
  const user = (home: HomeSummary, host?: HostSummary): Branch => ({
    label: host ? label(home.name, kindOf(home, host)) : label(home.name, kindOf(home), home.system),
    branches: home.features.map(leaf),
  });
  const host = (one: HostSummary): Branch => ({
    label: label(one.name, one.class, one.system),
    branches: [...one.features.map(leaf), ...one.users.map((home) => user(home, one))],
  });
  return ['flake', ...drawn([...hosts.map(host), ...homes.map((home) => user(home))])];
}

function drawn(branches: readonly Branch[]): Styled[] {
  return branches.flatMap((branch, i) => {
    const last = i === branches.length - 1;
    const below = drawn(branch.branches).map((line): Styled => [last ? '    ' : '│   ', line]);
    return [[last ? '└── ' : '├── ', branch.label], ...below];
  });
}
