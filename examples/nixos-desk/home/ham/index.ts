import { HomeUser, type Host } from 'cdknix';
import { xdg } from '../modules/xdg';
import { cli } from './features/cli';
import { git } from './features/git';

/**
 * Ham's home: `ham@nixos-desk` among the flake's `homeConfigurations`.
 *
 * The account is the system's (`modules/system/users.ts`), and so `account` is off here.
 */
export class Ham extends HomeUser {
  constructor(host: Host) {
    super(host, 'ham', { standalone: 'only', account: false });
    this.use(cli, git, xdg);
  }
}
