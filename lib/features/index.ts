export { Docker, type DockerProps } from './docker';
export { Git, type GitProps } from './git';
export { OpenSsh, type OpenSshProps } from './open-ssh';
export { Shell, type ShellProps } from './shell';
export { Tailscale, type TailscaleProps } from './tailscale';
