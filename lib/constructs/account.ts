import { type Position, userPosition } from '../diagnostics';
import { type Definition, refuseMore } from '../module';
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

  /**
   * Defines options of the account, such as `shell` or `openssh.authorizedKeys.keys`.
   *
   * @throws CdknixError `argument-lost`
   */
  set(config: AccountConfig): this {
    refuseMore('set', arguments, 1);
    this.definitions.push({ config, position: userPosition() });
    return this;
  }

  /** Lets this part rest without a diagnostic where there is no account to configure. */
  optional(): this {
    refuseMore('optional', arguments, 0);
    this.isOptional = true;
    return this;
  }
}
