import { Flake } from 'cdknix';
import { Ham } from './home/ham';
import { NixosDesk } from './hosts/nixos-desk';

export const flake = new Flake();

const desk = new NixosDesk(flake);
new Ham(desk);
