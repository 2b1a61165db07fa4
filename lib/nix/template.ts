import type { Expr } from './ast';
import { type HasExpr, EXPR } from './expr-symbol';
import { parse } from './parse';

export function parseTemplate(strings: TemplateStringsArray, values: readonly unknown[]): Expr {
  return parse(strings.raw.map((text) => text.replace(/\\(\$\{|`)/g, '$1')).join('\0'), { holes: values });
}

export function nix(strings: TemplateStringsArray, ...values: unknown[]): HasExpr {
  return { [EXPR]: parseTemplate(strings, values) };
}
