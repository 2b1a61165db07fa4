import type { FeatureCode } from './feature';
import type { FeatureName } from './feature-name';
import { printStatement, type Statement } from './statements';
import { printCode, remarks, width } from './typescript/print';

/** A feature that a file of TypeScript imports from another one. */
export interface FeatureImport {
  readonly name: string;
  /** The file, as the import names it: `./nixos/configuration`. */
  readonly from: string;
}

/** A file of TypeScript that holds a feature. */
export function printFeature(code: FeatureCode, name: FeatureName, features: readonly FeatureImport[] = []): string {
  const isClass = code.options !== undefined;
  const names = new Set(code.imports);
  names.add(isClass ? 'Feature' : 'type Feature');
  const text = isClass ? classOf(code, name.pascal, false) : functionOf(code, name.camel, false);
  const constants = code.constants.map((one) => printStatement(one, 0));
  const used = [...names].filter(
    (one) => one !== 'type Ref' || [...constants, text].some((all) => /\bRef\b/.test(all)),
  );
  const lines = [importLine(used, 'cdknix')];
  if (isClass) lines.push("import type { Construct } from 'constructs';");
  lines.push(...featureImports(features));
  if (constants.length) lines.push('', ...constants);
  lines.push('', ...docComment(code), text);
  if (code.isNew) lines.push('', declaration(name));
  return `${lines.join('\n')}\n`;
}

/** What imports features from other files. */
export function featureImports(features: readonly FeatureImport[]): string[] {
  const sorted = features.toSorted((a, b) => (importKey(a) < importKey(b) ? -1 : 1));
  return sorted.map(({ name, from }) => importLine([name], from));
}

/** As Biome sorts imports: those from further away first. */
const importKey = ({ from }: FeatureImport) => from.replace(/^\.\/(?!\.)/, '~');

/** The same as JavaScript that gives the feature. */
export function printForRun(code: FeatureCode, name: Pick<FeatureName, 'camel' | 'pascal'> = converted): string {
  const constants = code.constants.map((one) => printStatement(one, 0, true));
  const text = code.options ? classOf(code, name.pascal, true) : functionOf(code, name.camel, true);
  return [...constants, text, `return ${code.options ? name.pascal : name.camel};`].join('\n');
}

const converted = { camel: 'converted', pascal: 'Converted' };

function functionOf({ statements, remarks: others }: FeatureCode, name: string, erased: boolean): string {
  const head = erased
    ? `function ${name}(feature) {`
    : `export function ${name}(${parameter(statements)}: Feature): void {`;
  const body = bodyOf(statements, others, 2, erased);
  return body.length ? [head, ...body, '}'].join('\n') : `${head}}`;
}

/** A parameter that nothing uses starts with a line. */
const parameter = (statements: readonly Statement[]) => (statements.length ? 'feature' : '_feature');

function classOf({ of, options, statements, remarks: others }: FeatureCode, name: string, erased: boolean): string {
  const head = `${erased ? '' : 'export '}class ${name} extends Feature {`;
  const field = `  ${erased ? '' : 'readonly '}options = this.${of}.declare(`;
  const column = field.length;
  const declared = printCode(options!, { indent: 2, column, after: 2, erased });
  const body = bodyOf(statements, others, 4, erased);
  const parameters = erased ? 'scope, id' : 'scope: Construct, id: string';
  const made = body.length ? ['', `  constructor(${parameters}) {`, '    super(scope, id);', ...body, '  }'] : [];
  return [head, `${field}${declared});`, ...made, '}'].join('\n');
}

function bodyOf(
  statements: readonly Statement[],
  others: readonly string[],
  indent: number,
  erased: boolean,
): string[] {
  return [...remarks(others, indent), ...statements.map((one) => printStatement(one, indent, erased))];
}

/** What makes the options known to every `set`. */
function declaration({ key, pascal }: FeatureName): string {
  return `declare module 'cdknix' {\n  interface DeclaredOptions {\n    ${key}: ${pascal};\n  }\n}`;
}

export function docComment({ header }: Pick<FeatureCode, 'header'>): string[] {
  const lines = header
    .join('\n')
    .trim()
    .split('\n')
    .map((line) => line.trim().replaceAll('*/', '* /'));
  if (lines.length === 1) return lines[0] === '' ? [] : [`/** ${lines[0]} */`];
  return ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'];
}

export function importLine(names: readonly string[], from: string): string {
  const sorted = [...names].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const line = `import { ${sorted.join(', ')} } from '${from}';`;
  const isTypeOnly = sorted.every((one) => one.startsWith('type '));
  if (isTypeOnly) return `import type { ${sorted.map((one) => one.slice(5)).join(', ')} } from '${from}';`;
  return line.length <= width ? line : `import {\n${sorted.map((one) => `  ${one},`).join('\n')}\n} from '${from}';`;
}

/** As Biome sorts names: without regard to case, but capitals first where they differ in it alone. */
const sortKey = (name: string) =>
  [...name.replace(/^type /, '')]
    .map((char) => char.toLowerCase() + (char === char.toLowerCase() ? '1' : '0'))
    .join('');
