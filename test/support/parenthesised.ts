import type { Expr, Formals, IndentedStr, Interpolation, Item, Key, Text } from '../../lib/nix/ast';
import { encodeString, encodeText } from '../../lib/nix/encode';
import { encodeIndented } from '../../lib/nix/encode-indented';

/**
 * A tree as source with parentheses around everything: what Nix makes of it is the tree and nothing else, because no
 * precedence is left to decide.
 */
export function parenthesised(expr: Expr): string {
  switch (expr.kind) {
    case 'num':
      return expr.text;
    case 'ident':
      return expr.name;
    case 'uri':
      return `(${expr.uri})`;
    case 'searchPath':
      return `<${expr.path}>`;
    case 'str':
      return quoted(expr.parts);
    case 'indented':
      return indented(expr);
    case 'path':
      return `(${expr.parts.map((part) => (part.kind === 'text' ? part.value : interpolation(part))).join('')})`;
    case 'paren':
      return parenthesised(expr.expr);
    case 'select': {
      const orElse = expr.orElse === undefined ? '' : ` or (${parenthesised(expr.orElse)})`;
      return `((${parenthesised(expr.of)}).${path(expr.path)}${orElse})`;
    }
    case 'hasAttr':
      return `((${parenthesised(expr.of)}) ? ${path(expr.path)})`;
    case 'apply': {
      const [first, ...others] = expr.args;
      const legacy = first?.kind === 'ident' && first.name === 'or';
      const fn = legacy ? `((${parenthesised(expr.fn)}) or)` : `(${parenthesised(expr.fn)})`;
      return `(${[fn, ...(legacy ? others : expr.args).map((arg) => `(${parenthesised(arg)})`)].join(' ')})`;
    }
    case 'unary':
      return `(${expr.op} (${parenthesised(expr.operand)}))`;
    case 'binary':
      return `((${parenthesised(expr.left)}) ${expr.op} (${parenthesised(expr.right)}))`;
    case 'lambda': {
      const pattern = expr.pattern && formals(expr.pattern);
      const heads = expr.paramFirst ? [expr.param, pattern] : [pattern, expr.param];
      return `(${heads.filter((head) => head !== undefined).join(' @ ')}: ${parenthesised(expr.body)})`;
    }
    case 'let':
      return `(let ${items(expr.items)} in ${parenthesised(expr.body)})`;
    case 'legacyLet':
      return `(let { ${items(expr.items)} })`;
    case 'with':
      return `(with ${parenthesised(expr.env)}; ${parenthesised(expr.body)})`;
    case 'assert':
      return `(assert ${parenthesised(expr.condition)}; ${parenthesised(expr.body)})`;
    case 'if':
      return `(if ${parenthesised(expr.condition)} then ${parenthesised(expr.then)} else ${parenthesised(expr.else)})`;
    case 'list':
      return `[ ${expr.items.map((item) => `(${parenthesised(item)})`).join(' ')} ]`;
    case 'set':
      return `(${expr.rec ? 'rec ' : ''}{ ${items(expr.items)} })`;
    case 'hole':
      throw new Error('a hole has no source');
  }
}

function indented({ parts }: IndentedStr): string {
  // At an indentation of its own, as a printer would.
  const lines = encodeIndented(parts).map((line) => {
    const text = line.map((part) => (typeof part === 'string' ? part : interpolation(part))).join('');
    return text === '' ? '' : `    ${text}`;
  });
  return `''\n${lines.join('\n')}''`;
}

function interpolation(part: Interpolation): string {
  return `\${${parenthesised(part.expr)}}`;
}

function quoted(parts: readonly (Text | Interpolation)[]): string {
  const texts = parts.map((part, index) =>
    part.kind === 'text' ? encodeText(part.value, index < parts.length - 1) : interpolation(part),
  );
  return `"${texts.join('')}"`;
}

function key(of: Key): string {
  if (of.kind === 'name') return encodeString(of.name);
  return of.kind === 'strKey' ? quoted(of.str.parts) : `\${${parenthesised(of.expr)}}`;
}

function path(keys: readonly Key[]): string {
  return keys.map(key).join('.');
}

function formals(pattern: Formals): string {
  const names = pattern.formals.map(({ name, default: value }) =>
    value === undefined ? name : `${name} ? (${parenthesised(value)})`,
  );
  return `{ ${[...names, ...(pattern.ellipsis ? ['...'] : [])].join(', ')} }`;
}

function items(of: readonly Item[]): string {
  return of
    .map((item) =>
      item.kind === 'binding'
        ? `${path(item.path)} = ${parenthesised(item.value)};`
        : `inherit ${item.from === undefined ? '' : `(${parenthesised(item.from)}) `}${item.names.map(key).join(' ')};`,
    )
    .join(' ');
}
