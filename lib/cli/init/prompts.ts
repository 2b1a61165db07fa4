import { darwinSystems, linuxSystems, type System } from '../../constructs/names';
import { Interrupted } from '../terminal/interrupted';
import { checkHost, checkUser, type Kind, type KnownAnswers } from './answers';

/**
 * Asks for what is not known yet.
 *
 * @throws Interrupted if the user leaves
 */
export async function ask(known: KnownAnswers): Promise<KnownAnswers> {
  // An ES module: cannot be required.
  const { intro, isCancel, select, text } = await import('@clack/prompts');
  const terminal = { output: process.stderr };
  let { kind, host, system, user } = known;
  intro('a new cdknix project', terminal);
  if (known.open.has('template')) {
    kind = given(
      await select<Kind>({
        ...terminal,
        message: 'what is it?',
        options: [
          { value: 'app', label: 'app', hint: 'a flake of your machines' },
          { value: 'library', label: 'library', hint: 'features for others to use' },
        ],
        initialValue: kind,
      }),
    );
  }
  if (kind === 'library') return { ...known, kind };
  if (known.open.has('host')) host = await name('what is the first host called?', host, checkHost);
  if (known.open.has('system')) {
    const systems: readonly System[] = [system, ...linuxSystems.slice(0, 2), ...darwinSystems.slice(0, 1)];
    system = given(
      await select<System>({
        ...terminal,
        message: 'which system is it?',
        options: [...new Set(systems)].map((value) => ({ value, label: value })),
        initialValue: system,
      }),
    );
  }
  if (known.open.has('user')) user = await name('what is the first user called?', user, checkUser);
  return { ...known, kind, host, system, user };

  async function name(message: string, initialValue: string, check: typeof checkHost): Promise<string> {
    const problem = (value = '') => {
      const [first] = check(value);
      return first && `${first.message}: ${first.help}`;
    };
    return given(await text({ ...terminal, message, initialValue, validate: problem }));
  }

  function given<T>(answer: T): Exclude<T, symbol> {
    if (isCancel(answer)) throw new Interrupted('SIGINT');
    return answer as Exclude<T, symbol>;
  }
}
