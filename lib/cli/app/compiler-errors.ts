import { resolve } from 'node:path';
import type { Diagnostic, Position } from '../../diagnostics';

/** More than a person reads at once. */
const most = 20;

/**
 * What a compiler in an app's runner says of the user's code: TypeScript (ts-node), esbuild (tsx) or swc.
 *
 * @param folder what paths are relative to
 */
export function compilerErrorsIn(message: string, folder: string): Diagnostic[] {
  for (const read of [typescript, esbuild, swc]) {
    const found = read(message).slice(0, most);
    if (found.length) {
      return found.map(({ code, message, position, help }) => {
        const at = { ...position, file: resolve(folder, position.file), isSource: true } as const;
        return { code, severity: 'error', message, position: at, help };
      });
    }
  }
  return [];
}

/** What is said of a module that cannot be found, as code names it. */
export function wordsOfModule(name: string): Pick<Found, 'code' | 'message' | 'help'> {
  const code = 'app-module';
  if (/^[./]/.test(name)) {
    const isBuilt = /\.[cm]?js$/.test(name);
    const help = `correct the path, which leads from this file${isBuilt ? ', or build what it leads to' : ''}`;
    return { code, message: `there is no module '${name}'`, help };
  }
  const [only] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? [name];
  return { code, message: `the package '${only}' is not installed`, help: `npm install ${only}, or correct its name` };
}

interface Found {
  readonly code: 'app-syntax' | 'app-types' | 'app-module';
  readonly message: string;
  readonly position: Position;
  readonly help: string;
}

const correct = 'correct the code';

/** `main.ts(3,11): error TS1109: …`, or with colons for a terminal. */
function typescript(message: string): Found[] {
  const pattern = /^(.+?)(?:\((\d+),(\d+)\): |:(\d+):(\d+) - )error TS(\d+): (.+)$/gm;
  return [...message.matchAll(pattern)].map(([, file, line, column, line2, column2, number, words]) => ({
    ...wordsOfTypescript(Number(number), words!),
    position: { file: file!, line: Number(line ?? line2), column: Number(column ?? column2) },
  }));
}

function wordsOfTypescript(number: number, words: string): Omit<Found, 'position'> {
  const [, module] = /^Cannot find module '(.+?)'/.exec(words) ?? [];
  if (module !== undefined) return wordsOfModule(module);
  const message = words.replace(/\.$/, '');
  // Those of the grammar have numbers from 1000 on.
  if (number < 2000) return { code: 'app-syntax', message, help: correct };
  return { code: 'app-types', message, help: `${correct}; ts-node --swc, or tsx, runs it without its types` };
}

/** `/app/main.ts:3:10: ERROR: …`; columns from 0. */
function esbuild(message: string): Found[] {
  return [...message.matchAll(/^(.+?):(\d+):(\d+): ERROR: (.+)$/gm)].map(([, file, line, column, words]) => ({
    code: 'app-syntax',
    message: words!,
    position: { file: file!, line: Number(line), column: Number(column) + 1 },
    help: correct,
  }));
}

/** A picture of the lines, with marks below the wrong one. */
function swc(message: string): Found[] {
  const [, words, file] = /^\s*[x×] (.+)\n\s*[,╭][-─]+\[(.+?):\d+:\d+\]/m.exec(message) ?? [];
  const [, line, marks] = /^\s*(\d+) [|│].*\n\s*[:·]( *)[\^─┬]/m.exec(message) ?? [];
  if (words === undefined || line === undefined) return [];
  // One space stands between the frame and the code.
  return [
    {
      code: 'app-syntax',
      message: words,
      position: { file: file!, line: Number(line), column: Math.max(1, marks!.length) },
      help: correct,
    },
  ];
}
