import { Flake, HomeUser, Host } from 'cdknix';
import { MyModule } from './modules/my-module';
import { PhotoBackup } from './modules/photo-backup';

export const flake = new Flake({ description: 'Modules of our own, for our machines and for those of others' });

// For flakes that know nothing of cdknix: nixosModules.my-module, nixosModules.photo-backup, homeModules.photo-backup.
flake.export(MyModule, PhotoBackup);

const nas = new Host(flake, 'nas', { system: 'x86_64-linux' }).use(MyModule, PhotoBackup);
nas.set({
  boot: { loader: { 'systemd-boot': { enable: true } } },
  fileSystems: { '/': { device: '/dev/disk/by-label/nixos', fsType: 'ext4' } },
  myModule: { enable: true },
  services: {
    photoBackup: {
      enable: true,
      repository: '/mnt/backup/photos',
      passwordFile: '/run/keys/photo-backup',
      folders: ['/srv/photos'],
      compression: 'max',
    },
  },
});

new HomeUser(nas, 'anna').set({ programs: { photoBackup: { enable: true } } });
