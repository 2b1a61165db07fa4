import type { Diagnostic } from '../../diagnostics';
import type { Fleet } from '../fleet';

/** What is wrong with a flake that has nothing to offer: its machines were commented out, or are made in another one. */
export function checkEmpty({ position, hosts, homes, exports, overlays, outputs, diagnostics }: Fleet): Diagnostic[] {
  if (hosts.length || homes.length || exports.length || overlays.length || outputs.length) return [];
  if (diagnostics.some((one) => one.severity === 'error')) return [];
  return [
    {
      code: 'flake-empty',
      severity: 'warning',
      message: 'the flake has no hosts, homes, overlays, exports or outputs',
      path: 'the flake',
      ...(position && { position }),
      help:
        'make a host in it with new Host(flake, …), or import the file of the app that does; ' +
        'until then a synth removes the files of the hosts and homes that there were',
    },
  ];
}
