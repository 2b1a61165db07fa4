import { type Feature, pkgs } from 'cdknix';

const { wlrobs, 'obs-pipewire-audio-capture': audioCapture } = pkgs['obs-studio-plugins'];

/** OBS Studio, and the kernel module for its virtual camera. */
export function obs({ nixos, home }: Feature): void {
  nixos.set({
    boot: {
      kernelModules: ['v4l2loopback'],
      extraModulePackages: [nixos.config.boot.kernelPackages.v4l2loopback],
    },
  });
  home.set({ programs: { 'obs-studio': { enable: true, plugins: [wlrobs, audioCapture] } } });
}
