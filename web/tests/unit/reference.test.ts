import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Named {
  readonly name: string;
  readonly description?: string;
}
interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}

const web = new URL('../../', import.meta.url);
const manifest = new URL('dist/npm/custom-elements.json', web);
const isBuilt = existsSync(manifest);
const declarations: readonly Declaration[] = isBuilt
  ? JSON.parse(readFileSync(manifest, 'utf8')).modules.flatMap((module: { declarations?: readonly Declaration[] }) => module.declarations ?? [])
  : [];

/** All sources of a folder as one text. */
function sources(folder: string): string {
  const at = new URL(folder, web);
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, at), 'utf8'))
    .join('\n');
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
const found = (text: string, pattern: RegExp) => sorted([...text.matchAll(pattern)].flatMap(([, names = '']) => names.split(/\s+/).filter(Boolean)));
const named = (list: readonly Named[] = []) => sorted(list.map(({ name }) => name));

// The manifest is made by `npm run build`.
describe.skipIf(!isBuilt).each([
  ['loyalty-checkout', 'src/checkout/'],
  ['loyalty-rewards', 'src/rewards/'],
])('what the package says of <%s>', (tag, folder) => {
  const element = declarations.find(({ tagName }) => tagName === tag)!;
  const text = sources(folder);

  it('names every part, and none that is not there', () => {
    // Words, and within ${…} the words that it chooses from.
    const values = [...text.matchAll(/\bpart="((?:\$\{[^}]*\}|[^"$])*)"/g)].map(([, value = '']) => value);
    const fixed = values.flatMap((value) => value.replace(/\$\{[^}]*\}/g, ' ').split(/\s+/));
    const chosen = values.flatMap((value) => [...value.matchAll(/[?:] '([\w -]*)'/g)].flatMap(([, words = '']) => words.split(/\s+/)));
    expect(named(element.cssParts)).toEqual(sorted([...fixed, ...chosen].filter(Boolean)));
  });

  it('names every event', () => {
    const sent = found(text, /^\s+'(loyalty-[a-z-]+)': CustomEvent/gm);
    expect(sent.length).toBeGreaterThan(5);
    expect(named(element.events)).toEqual(sent);
  });

  it('names every variable that its styles read', () => {
    const read = found(`${text}\n${sources('src/checkout/')}`, /var\(\s*(--loyalty-[a-z-]+)/g);
    const documented = named(element.cssProperties);
    const own = found(text, /var\(\s*(--loyalty-[a-z-]+)/g);
    expect(own.filter((name) => !documented.includes(name))).toEqual([]);
    expect(documented.filter((name) => !read.includes(name))).toEqual([]);
  });

  it('says something of each', () => {
    const silent = [element.attributes, element.events, element.slots, element.cssParts, element.cssProperties].flatMap((list) => (list ?? []).filter(({ description }) => !description?.trim()));
    expect(named(silent)).toEqual([]);
  });
});
