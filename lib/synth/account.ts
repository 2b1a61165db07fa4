import type { Definition } from '../module';
import type { HomeModel } from './fleet';
import { getOrInsert } from './get-or-insert';
import type { SourcedContribution } from './sourced-contribution';

/** What constructs say of a user's account, as the host has it: at `users.users.<name>`. */
export function contributionsOfAccount(user: HomeModel): SourcedContribution[] {
  const within = ['users', 'users', user.name];
  const byPath = new Map<string, Definition[]>();
  for (const { path, config, position } of user.account?.definitions ?? []) {
    getOrInsert(byPath, path, () => []).push({
      config: { users: { users: { [user.name]: config } } },
      position,
      within,
    });
  }
  return [...byPath].map(([path, definitions]) => ({ path, definitions, imports: [] }));
}
