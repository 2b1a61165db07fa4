import { formOf, isOpen, type Members, shapeOf } from '../shape';
import { type Facts, isOption, memberOf, type OptionTree } from '../type';

type Path = readonly string[];

const known = new WeakMap<OptionTree, readonly Path[]>();

/** The options of a submodule that it cannot do without. */
function requiredOf(options: OptionTree): readonly Path[] {
  let paths = known.get(options);
  if (paths === undefined) {
    paths = Object.keys(options).flatMap((name): Path[] => {
      const member = options[name]!;
      if (isOption(member)) return isRequired(member[1]) ? [[name]] : [];
      return requiredOf(member).map((path) => [name, ...path]);
    });
    known.set(options, paths);
  }
  return paths;
}

function isRequired(facts: Facts | undefined): boolean {
  return (
    facts?.required === true && !facts.hidden && !facts.readOnly && !facts.removed && facts.renamedTo === undefined
  );
}

/** The required options of a submodule that a set, which is all that is said of it, does not define. */
export function missingIn(set: Members, options: OptionTree): readonly Path[] {
  const required = requiredOf(options);
  if (!required.length || isOpen(set) || isMore(set, options) || isOff(set)) return [];
  return required.filter((path) => !defines(set, path));
}

/** Whether a set turns itself off: then Nix asks nothing more of it. */
function isOff(set: Members): boolean {
  return Object.hasOwn(set, 'enable') && shapeOf(set.enable, () => undefined) === false;
}

/** Whether a set is a module that has more definitions than it shows. */
function isMore(set: Members, options: OptionTree): boolean {
  return ['_module', 'config', 'imports', 'options'].some(
    (name) => Object.hasOwn(set, name) && memberOf(options, name) === undefined,
  );
}

/** Whether a set defines an option, or may. */
function defines(set: Members, path: Path): boolean {
  let at: unknown = set;
  for (const name of path) {
    const shape = shapeOf(at, () => undefined);
    // What is wrong with any other value is told elsewhere.
    if (formOf(shape) !== 'set' || isOpen(shape as Members)) return true;
    if (!Object.hasOwn(shape as Members, name)) return false;
    at = (shape as Members)[name];
    if (at === undefined) return false;
  }
  return true;
}
