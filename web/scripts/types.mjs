// @ts-check
// Writes src/documents/documents.ts from the JSON Schemas of the core, and the versions of both into
// src/core/version.ts and src/version.ts. `--check` only says whether the files are up to date.
//
// The schemas say more than TypeScript can: lengths, ranges and patterns are left out, and what the
// decoder refuses by name is not repeated as types. What remains is given names, made readonly, and
// where one field decides which others there are, it becomes a union of shapes.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

/** @typedef {any} Schema a JSON Schema, or a piece of one */

const schemas = new URL('../../core/json/schema/', import.meta.url);

const files = ['account', 'answer', 'cart', 'catalog', 'common', 'intent', 'quote', 'request'];

/** Schemas that get a name of their own: file, then the way to them. */
const named = {
  Account: 'account',
  Coupon: 'account $defs coupon',
  Cart: 'cart',
  CartLine: 'cart properties lines items',
  ShippingMethod: 'cart properties shipping items',
  Wallet: 'cart properties wallets items',
  Catalog: 'catalog',
  Program: 'catalog properties program',
  PluralForms: 'catalog properties program properties pointName additionalProperties anyOf 1',
  Policy: 'catalog properties policy',
  Tier: 'catalog properties tiers items',
  Reward: 'catalog properties rewards items',
  RewardConfig: 'catalog properties rewards items properties configs items',
  EarningRule: 'catalog properties earningRules items',
  EarningConfig: 'catalog properties earningRules items properties configs items',
  Scope: 'common $defs scope',
  Conditions: 'common $defs conditions',
  Effect: 'common $defs effect',
  RateStep: 'common $defs effect properties steps items',
  Promotion: 'common $defs promotion',
  Limits: 'common $defs promotion properties limits',
  Intent: 'intent',
  Choice: 'intent $defs choice',
  Quote: 'quote',
  Source: 'quote $defs source',
  RejectionCode: 'quote $defs rejectionCode',
  Fact: 'quote $defs fact',
  Fix: 'quote $defs fix',
  QuoteLine: 'quote $defs line',
  Share: 'quote $defs line properties shares items',
  AddedLine: 'quote properties addedLines items',
  Discount: 'quote properties discounts items',
  PointsOutcome: 'quote properties points',
  EarnedByRule: 'quote properties points properties earnedByRule items',
  Rejection: 'quote properties rejected items',
  Offer: 'quote properties offers items',
  PointSteps: 'quote properties offers items properties steps',
  NearMiss: 'quote properties nearMisses items',
  ExplainRow: 'quote properties explain items',
  ExplainLine: 'quote properties explain items properties lines items',
  Best: 'answer $defs best',
  ErrorCode: 'answer $defs error properties code',
  QuoteRequest: 'request',
};

/** Definitions that only narrow another one for the decoder. */
const same = { strictScope: 'Scope', strictConditions: 'Conditions', strictEffect: 'Effect' };

/** Definitions that are one number or one text, by the alias that says its unit. */
const aliases = {
  amount: 'Minor',
  points: 'Points',
  somePoints: 'Points',
  cost: 'Points',
  instant: 'Instant',
  discountRate: 'Ppm',
  taxRate: 'Ppm',
};
const plain = { money: 'Minor', count: 'number', quantity: 'number', units: 'number', priority: 'number' };
const texts = ['id', 'name', 'currency'];

/** Fields of a quote that its schema gives the range of money, and that are not money. */
const notMoney = {
  Points: ['points', 'spent', 'earned', 'availableAfter', 'min', 'step', 'max', 'best'],
  number: ['quantity'],
  Ppm: ['ratePpm'],
};

/** Fields of a quote that are amounts and may be below nothing, for which no definition stands. */
const signedMoney = ['saves', 'bound'];

const header = `// Written by \`npm run types\` from core/json/schema; changes go there.

/** An amount: a whole number of minor units of the document's currency. */
export type Minor = number;
/** A whole number of points. */
export type Points = number;
/** Parts per million: 12.5 % is 125000. */
export type Ppm = number;
/** RFC 3339 in UTC, from 1970 to 2199, at most milliseconds. */
export type Instant = string;
`;

/** @type {Record<string, Schema>} */
const roots = {};
for (const file of files) {
  roots[file] = JSON.parse(await readFile(new URL(`${file}.schema.json`, schemas), 'utf8'));
}

/** @param {string} way */
function find(way) {
  const [file = '', ...keys] = way.split(' ');
  /** @type {Schema} */
  let found = roots[file];
  for (const key of keys) {
    found = found?.[key];
  }
  if (found === undefined) {
    throw new Error(`The schemas have no ${way}; correct the table of names.`);
  }
  return found;
}

/** @type {Map<Schema, string>} */
const nameOf = new Map();
for (const [name, way] of Object.entries(named)) {
  nameOf.set(find(way), name);
}

/** @param {string} type @param {string} [description] */
const typed = (type, description) => ({ tsType: type, ...(description === undefined ? {} : { description }) });

/** What a `$ref` stands for. @param {string} ref @param {string} file @param {string} field */
function referred(ref, file, field) {
  const [place = '', pointer = ''] = ref.split('#');
  const root = place === '' ? file : place.replace('.schema.json', '');
  const key = pointer.split('/').at(-1) ?? '';
  if (key in same) {
    return typed(same[/** @type {keyof typeof same} */ (key)]);
  }
  if (key === 'money') {
    const unit = Object.entries(notMoney).find(([, fields]) => fields.includes(field));
    return typed(unit?.[0] ?? 'Minor');
  }
  const target = find([root, ...pointer.split('/').filter(Boolean)].join(' '));
  if (nameOf.has(target)) {
    return typed(String(nameOf.get(target)));
  }
  const alias = { ...aliases, ...plain }[/** @type {keyof typeof aliases} */ (key)];
  if (alias !== undefined) {
    return typed(alias);
  }
  if (texts.includes(key)) {
    return typed('string');
  }
  return converted(target, root, field);
}

/** Where the value of one field decides about others: a shape for each value.
 *  @param {Schema} schema @param {string} file */
function shapes(schema, file) {
  /** @param {Schema} rule */
  const values = (rule) =>
    Object.entries(rule.if?.properties ?? {}).filter(([, v]) => /** @type {Schema} */ (v).const !== undefined);
  const rules = (schema.allOf ?? (schema.if ? [schema] : [])).filter(
    (/** @type {Schema} */ rule) => values(rule).length === 1 && !rule.if.anyOf && !rule.if.allOf,
  );
  if (rules.length === 0) {
    return undefined;
  }
  const [[field]] = /** @type {[[string, Schema]]} */ (values(rules[0]));
  return schema.properties[field].enum.map((/** @type {string} */ value) => {
    /** @type {Schema} */
    const properties = { ...schema.properties, [field]: { const: value } };
    const required = new Set(schema.required);
    for (const rule of rules) {
      const then = values(rule)[0]?.[1].const === value ? rule.then : (rule.else ?? {});
      (then.required ?? []).forEach((/** @type {string} */ name) => required.add(name));
      const narrowing = Object.entries(then.properties ?? {});
      // A few fields that must be absent stay as such, so that they can be asked for without asking for the kind.
      const staysAsNever = narrowing.length <= 3;
      for (const [name, narrowed] of narrowing) {
        if (narrowed === false && staysAsNever) {
          properties[name] = { tsType: 'never' };
        } else if (narrowed === false) {
          delete properties[name];
        } else if (narrowed.const !== undefined || narrowed.enum !== undefined) {
          properties[name] = narrowed;
        }
      }
    }
    return converted({ type: 'object', properties, required: [...required] }, file, '', true);
  });
}

/** Exactly one of some fields: a shape for each. @param {Schema} schema @param {string} file */
function oneField(schema, file) {
  if (!schema.properties || !schema.oneOf) {
    return undefined;
  }
  const alternatives = schema.oneOf.map((/** @type {Schema} */ one) => one.required[0]);
  return alternatives.map((/** @type {string} */ field) => {
    const others = Object.entries(schema.properties).map(([name, value]) => [
      name,
      name !== field && alternatives.includes(name) ? { tsType: 'never' } : value,
    ]);
    const required = [...(schema.required ?? []), field];
    return converted({ type: 'object', properties: Object.fromEntries(others), required }, file, '', true);
  });
}

/** The part of a schema that becomes a type. @returns {Schema}
 *  @param {Schema} schema @param {string} file @param {string} field @param {boolean} [whole] */
function converted(schema, file, field, whole = false) {
  if (schema.tsType !== undefined) {
    return schema;
  }
  if (schema.$ref !== undefined) {
    return { ...referred(schema.$ref, file, field), ...(schema.description ? { description: schema.description } : {}) };
  }
  const name = nameOf.get(schema);
  if (name !== undefined && !whole) {
    return typed(name);
  }
  if (schema.type === 'integer' && signedMoney.includes(field)) {
    return typed('Minor');
  }
  const described = schema.description === undefined ? {} : { description: schema.description };
  const union = shapes(schema, file) ?? oneField(schema, file);
  if (union !== undefined) {
    return { ...described, anyOf: union };
  }
  if (schema.allOf !== undefined && schema.properties === undefined) {
    return converted(schema.allOf[0], file, field);
  }
  for (const kind of ['anyOf', 'oneOf']) {
    if (schema[kind] !== undefined) {
      return { ...described, anyOf: schema[kind].map((/** @type {Schema} */ one) => converted(one, file, field)) };
    }
  }
  if (schema.properties !== undefined || schema.additionalProperties instanceof Object) {
    const properties = Object.entries(schema.properties ?? {}).map(([key, value]) => [key, converted(value, file, key)]);
    const others = schema.additionalProperties;
    return {
      ...described,
      type: 'object',
      properties: Object.fromEntries(properties),
      required: schema.required ?? [],
      additionalProperties: others instanceof Object ? converted(others, file, '') : false,
    };
  }
  if (schema.items !== undefined) {
    return { ...described, type: 'array', items: converted(schema.items, file, field) };
  }
  for (const kind of ['const', 'enum', 'type']) {
    if (schema[kind] !== undefined) {
      return { ...described, [kind]: schema[kind] };
    }
  }
  return described;
}

/** @param {string} text */
const readonly = (text) =>
  text
    .replace(/^(\s+)(\[k: string\]|"?\w+"?\??)(:[ \n])/gm, '$1readonly $2$3')
    .replace(/(\([^()]*\)|\b\w+)\[\]/g, 'readonly $1[]')
    .replace(/^(\s+readonly )"(\w+)"/gm, '$1$2');

let text = header;
for (const [name, way] of Object.entries(named)) {
  const schema = converted(find(way), way.split(' ')[0] ?? '', '', true);
  const { title: _, ...untitled } = schema;
  const code = await compile(untitled, name, {
    bannerComment: '',
    additionalProperties: false,
    style: { singleQuote: true, printWidth: 110 },
  });
  text += `\n${readonly(code)}`;
}

const version = /core_version = "([^"]+)"/.exec(
  await readFile(new URL('../../core/base/version.h', import.meta.url), 'utf8'),
)?.[1];
const versionText = `// Written by \`npm run types\` from core/base/version.h; changes go there.

/** The version of the core that this facade was built with; the modules must be of the same. */
export const CORE_VERSION = '${version}';
`;

const own = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')).version;
const ownText = `// Written by \`npm run types\` from package.json; changes go there.

/** The version of the elements. */
export const VERSION = '${own}';
`;

const outputs = [
  [new URL('../src/documents/documents.ts', import.meta.url), text],
  [new URL('../src/core/version.ts', import.meta.url), versionText],
  [new URL('../src/version.ts', import.meta.url), ownText],
];
for (const [file, wanted] of /** @type {[URL, string][]} */ (outputs)) {
  if (!process.argv.includes('--check')) {
    await writeFile(file, wanted);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) {
    console.error(`${fileURLToPath(file)} is out of date: npm run types`);
    process.exitCode = 1;
  }
}
