import { Feature, pkgs } from 'cdknix';
import type { Construct } from 'constructs';

/** Mixing, recording and going live. OBS' virtual camera is a kernel module, so the host has a part in it. */
export class Streaming extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({
      boot: {
        kernelModules: ['v4l2loopback'],
        extraModulePackages: [this.nixos.config.boot.kernelPackages.v4l2loopback],
        extraModprobeConfig: 'options v4l2loopback card_label="OBS Camera" exclusive_caps=1',
      },
    });
    this.home.set({
      programs: {
        'obs-studio': {
          enable: true,
          plugins: [pkgs['obs-studio-plugins'].wlrobs, pkgs['obs-studio-plugins']['obs-pipewire-audio-capture']],
        },
      },
      services: {
        easyeffects: {
          enable: true,
          preset: 'microphone',
          extraPresets: {
            microphone: {
              input: {
                blocklist: [],
                plugins_order: ['rnnoise#0'],
                'rnnoise#0': { bypass: false, 'enable-vad': true, 'vad-thres': 50 },
              },
            },
          },
        },
      },
      home: { packages: [pkgs.audacity, pkgs.mixxx] },
    });
  }
}
