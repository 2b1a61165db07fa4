import type { Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withFiles } from '../file-holes';
import { type Hole, nixTemplate } from '../template';
import { array, type Code, call, member, object, text, word } from '../typescript/code';

/**
 * Nix of the flake as TypeScript: data, inputs and files as themselves, other code as a `nix` template.
 *
 * @param imports takes the names that it needs from `cdknix`
 */
export function valueCode(expr: Expr, imports: Set<string>): Code {
  return typed(expr, imports) ?? raw(expr, imports);
}

function typed(expr: Expr, imports: Set<string>): Code | undefined {
  switch (expr.kind) {
    case 'paren':
      return typed(expr.expr, imports);
    case 'num':
      return /^\d{1,15}$/.test(expr.text) ? word(expr.text) : undefined;
    case 'str': {
      const value = attributeNames([{ kind: 'strKey', str: expr }])[0];
      return value === undefined ? undefined : text(value);
    }
    case 'ident':
      if (['true', 'false', 'null'].includes(expr.name)) return word(expr.name);
      return expr.name === 'inputs' ? library('inputs', imports) : undefined;
    case 'select': {
      const names = attributeNames(expr.path);
      if (expr.orElse || names.includes(undefined)) return undefined;
      const of = typed(expr.of, imports);
      return of && names.reduce<Code>((at, name) => member(at, name!), of);
    }
    case 'list':
      return array(expr.items.map((item) => valueCode(item, imports)));
    case 'set': {
      if (expr.rec) return undefined;
      const members = expr.items.map((item) => {
        if (item.kind === 'inherit' || item.path.length !== 1) return undefined;
        const [name] = attributeNames(item.path);
        return name === undefined ? undefined : { name, value: valueCode(item.value, imports) };
      });
      return members.every((one) => one) ? object(members as { name: string; value: Code }[]) : undefined;
    }
    default:
      return undefined;
  }
}

function library(name: string, imports: Set<string>): Code {
  imports.add(name);
  return word(name);
}

/** Code as a template, with the files that it names as files beside the TypeScript. */
function raw(expr: Expr, imports: Set<string>): Code {
  imports.add('nix');
  const holes: Hole[] = [];
  const tree = withFiles(expr, (path) => {
    const name = `hole_of_a_file_${holes.length}_`;
    holes.push({ name, code: call(library('path', imports), text(path)) });
    return name;
  });
  return nixTemplate(tree, holes);
}
