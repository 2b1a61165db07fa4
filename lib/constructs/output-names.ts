/** What belongs beside `outputs` in `flake.nix`, with how to say it. */
const besideOutputs: Readonly<Record<string, string>> = {
  description: "say it of the flake: new Flake({ description: '…' })",
  inputs: "declare each by its name: flake.input('name', { url: '…' })",
  nixConfig: 'say it of the flake: new Flake({ nixConfig: { … } })',
  outputs: "give each output by its own name: flake.output('devShells', …)",
};

/** What Nix puts in the place of an output of that name (Nix, src/libflake/call-flake.nix and flake.cc). */
const ofNix = new Set(
  (
    '_type dirtyRev dirtyShortRev lastModified lastModifiedDate narHash outPath rev revCount shortRev ' +
    'sourceInfo submodules'
  ).split(' '),
);

/** What is wrong with a name that no output can have. */
export function reservedOutput(name: string): { readonly message: string; readonly help: string } | undefined {
  if (Object.hasOwn(besideOutputs, name)) {
    return { message: `'${name}' stands beside the outputs of a flake, not among them`, help: besideOutputs[name]! };
  }
  if (!ofNix.has(name)) return undefined;
  return { message: `'${name}' is what Nix says of a flake by itself`, help: 'give the output another name' };
}
