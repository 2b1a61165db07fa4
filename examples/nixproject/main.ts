import { Flake, HomeUser } from 'cdknix';
import { Docker } from 'cdknix/features';
import { Apps } from './home/apps';
import { Cli } from './home/cli';
import { Editors } from './home/editors';
import { Selfhosted } from './home/selfhosted';
import { Shell } from './home/shell';
import { Streaming } from './home/streaming';
import { Sway } from './home/sway';
import { Terminal } from './home/terminal';
import { Theming } from './home/theming';
import { Webapps } from './home/webapps';
import { EliteBook } from './hosts/elitebook';
import { MacAir } from './hosts/macair';
import { Common } from './nixos/common';
import { Desktop } from './nixos/desktop';

export const flake = new Flake({ description: "Marcus's laptops" });
flake.use(Common, Desktop);

const elitebook = new EliteBook(flake, 'elitebook');
const macair = new MacAir(flake, 'macair');

for (const host of [elitebook, macair]) {
  new HomeUser(host, 'marcus').use(
    Cli,
    Shell,
    Sway,
    Terminal,
    Theming,
    Apps,
    Selfhosted,
    Streaming,
    Editors,
    Webapps,
    Docker,
  );
}
