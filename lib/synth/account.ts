import type { Definition } from '../module';
import type { HomeModel } from './fleet';

/** Definitions for a user's account as the host has them: at `users.users.<name>`. */
export function underAccount(user: HomeModel, definitions: readonly Definition[]): Definition[] {
  const within = ['users', 'users', user.name];
  return definitions.map(({ config, position }) => ({
    config: { users: { users: { [user.name]: config } } },
    position,
    within,
  }));
}
