import { type Position, userPosition } from '../diagnostics';
import type { Definition } from '../module';
import type { AccountConfig } from '../options/config';
import { namesIn } from './names';

/** The account that a home's user has on its host: `users.users.<name>`. */
export class Account {
  readonly groups: { readonly name: string; readonly position: Position | undefined }[] = [];
  readonly definitions: Definition[] = [];
  isOptional = false;

  /** Makes the user a member of groups (`extraGroups`; macOS has none, so there is nothing to do there). */
  addGroups(...names: readonly string[]): this {
    const position = userPosition();
    this.groups.push(...namesIn('addGroups', names).map((name) => ({ name, position })));
    return this;
  }

  /** Defines options of the account, such as `shell` or `openssh.authorizedKeys.keys`. */
  set(config: AccountConfig): this {
    this.definitions.push({ config, position: userPosition() });
    return this;
  }

  /** Lets this part rest without a diagnostic where there is no account to configure. */
  optional(): this {
    this.isOptional = true;
    return this;
  }
}
