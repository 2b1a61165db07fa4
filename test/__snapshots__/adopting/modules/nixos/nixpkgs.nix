{ inputs, ... }:
{
  nixpkgs.overlays = [ inputs.self.overlays.own ];
}
