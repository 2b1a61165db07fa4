import { describe, expect, it } from 'vitest';
import { optionNames } from '../../lib/options/option-names';

describe('the names of an option, as Nix writes it', () => {
  it.each([
    ['services.openssh.enable', ['services', 'openssh', 'enable']],
    ['programs.anki.profiles."User 1".sync', ['programs', 'anki', 'profiles', 'User 1', 'sync']],
    ['services.redis.servers."".port', ['services', 'redis', 'servers', '', 'port']],
    ['settings."auth.google".enabled', ['settings', 'auth.google', 'enabled']],
    ['"a*b"."<c>"', ['a*b', '<c>']],
    ['"say \\"hi\\"".x', ['say "hi"', 'x']],
  ])('%s', (text, names) => expect(optionNames(text)).toEqual(names));

  it('has placeholders as they are', () => {
    expect(optionNames('programs.ssh.settings.*.User')).toEqual(['programs', 'ssh', 'settings', '*', 'User']);
    expect(optionNames('users.users.<name>.uid')).toEqual(['users', 'users', '<name>', 'uid']);
  });

  it('splits at dots what Nix could not read', () => {
    expect(optionNames('a b.(c).d')).toEqual(['a b', '(c)', 'd']);
    expect(optionNames('')).toEqual(['']);
    expect(optionNames('a or b')).toEqual(['a or b']);
  });
});
