// @ts-check
// Writes the reference of the elements into README.md, between its two marks, out of dist/npm/custom-elements.json.
// `--check` only says whether it is up to date. Build first.
import { readFile, writeFile } from 'node:fs/promises';

const web = new URL('../', import.meta.url);
const page = new URL('README.md', web);
const marks = { begin: '<!-- reference: npm run reference -->', end: '<!-- end of the reference -->' };

/** @typedef {{ name: string; description?: string; type?: { text: string }; default?: string }} Named */
/** @typedef {Named & { kind: string; attribute?: string; privacy?: string; static?: boolean; readonly?: boolean; parameters?: Named[]; return?: { type?: { text: string } } }} Member */
/** @typedef {{ tagName: string; attributes?: (Named & { fieldName?: string })[]; members?: Member[]; events?: Named[]; slots?: Named[]; cssParts?: Named[]; cssProperties?: Named[] }} Element */

/** Callbacks of the browser, which nobody else calls. */
const ofTheBrowser = /Callback$/;

/** @param {string} [text] A cell of a table. */
const cell = (text = '') => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
/** @param {string} [text] */
const code = (text = '') => (text === '' ? '' : `\`${cell(text)}\``);

/** @param {string} title @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function table(title, head, rows) {
  if (rows.length === 0) {
    return [];
  }
  return [`**${title}**`, '', `| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows.map((row) => `| ${row.join(' | ')} |`), ''];
}

/** One row for all ways of calling a method: the one that takes most. @param {string} name @param {readonly Member[]} ways */
function methodRow(name, ways) {
  const widest = ways.reduce((most, way) => ((way.parameters?.length ?? 0) > (most.parameters?.length ?? 0) ? way : most));
  const parameters = (widest.parameters ?? []).map((parameter) => parameter.name).join(', ');
  return [code(`${name}(${parameters})`), code(widest.return?.type?.text), cell(ways.find(({ description }) => description)?.description)];
}

/** @param {Element} element */
function chapter({ tagName, attributes = [], members = [], events = [], slots = [], cssParts = [], cssProperties = [] }) {
  const open = members.filter(({ privacy, name, static: isStatic }) => (privacy ?? 'public') === 'public' && !isStatic && !name.startsWith('#') && !ofTheBrowser.test(name));
  const fields = open.filter(({ kind, attribute }) => kind === 'field' && attribute === undefined);
  const methods = open.filter(({ kind }) => kind === 'method');
  const names = [...new Set(methods.map(({ name }) => name))];
  return [
    `### \`<${tagName}>\``,
    '',
    ...table('Attributes', ['attribute', 'type', 'default', 'meaning'], attributes.map((one) => [code(one.name), code(one.type?.text), code(one.default), cell(one.description)])),
    ...table('Properties', ['property', 'type', 'meaning'], fields.map((one) => [code(one.name), code(one.type?.text), cell(one.readonly ? `${one.description ?? ''} Read-only.` : one.description)])),
    ...table('Methods', ['method', 'gives', 'meaning'], names.map((name) => methodRow(name, methods.filter((method) => method.name === name)))),
    ...table('Events', ['event', 'meaning'], events.map((one) => [code(one.name), cell(one.description)])),
    ...table('Slots', ['slot', 'meaning'], slots.map((one) => [code(one.name), cell(one.description)])),
    ...table('Parts', ['part', 'what it is'], cssParts.map((one) => [code(one.name), cell(one.description)])),
    ...table('CSS variables', ['variable', 'default', 'what it sets'], cssProperties.map((one) => [code(one.name), code(one.default), cell(one.description)])),
  ];
}

/** @returns {Promise<Element[]>} */
async function elements() {
  const { modules } = JSON.parse(await readFile(new URL('dist/npm/custom-elements.json', web), 'utf8'));
  return modules.flatMap((/** @type {{ declarations?: Element[] }} */ { declarations = [] }) => declarations.filter(({ tagName }) => tagName !== undefined));
}

const text = await readFile(page, 'utf8');
const [before, rest = ''] = text.split(marks.begin);
const after = rest.split(marks.end)[1];
if (after === undefined) {
  throw new Error(`README.md lacks the marks of the reference: ${marks.begin} … ${marks.end}`);
}
const written = `${before}${marks.begin}\n\n${(await elements()).flatMap(chapter).join('\n')}\n${marks.end}${after}`;
if (process.argv.includes('--check')) {
  if (written !== text) {
    console.error('The reference in README.md is older than the elements: run `npm run build && npm run reference`.');
    process.exitCode = 1;
  }
} else {
  await writeFile(page, written);
}
