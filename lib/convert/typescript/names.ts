/** Words that cannot name a variable in the strict code of a module (ECMA-262, "Keywords and Reserved Words"). */
const reserved: ReadonlySet<string> = new Set(
  (
    'arguments async await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null package private ' +
    'protected public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/** Whether a name may stand without quotes, as a member. */
export const isBare = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name);

/**
 * A name for a variable in TypeScript, as close to a name of Nix as can be.
 *
 * @param taken names that mean something else there
 */
export function variableName(name: string, taken: (name: string) => boolean): string {
  const camel = name.replace(/[-.]+([A-Za-z0-9])/g, (_, next: string) => next.toUpperCase());
  const clean = camel.replace(/'/g, 'Prime').replace(/[^\w$]/g, '');
  const start = /^[A-Za-z_$]/.test(clean) ? clean : `_${clean}`;
  const free = (one: string) => !reserved.has(one) && !taken(one);
  if (free(start)) return start;
  const own = `own${start[0]!.toUpperCase()}${start.slice(1)}`;
  if (free(own)) return own;
  let count = 2;
  while (!free(`${own}${count}`)) count++;
  return `${own}${count}`;
}
