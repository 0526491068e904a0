/** Where the values of a JSON text begin, by path as the server writes them: `effects[0].ratePpm`. The whole is ``. */
export type Places = ReadonlyMap<string, number>;

export type Scanned = { readonly ok: true; readonly places: Places } | { readonly ok: false; readonly at: number; readonly expected: string };

class Unexpected extends Error {
  constructor(
    readonly at: number,
    readonly expected: string,
  ) {
    super(expected);
  }
}

const DEEPEST = 64;

class Scanner {
  readonly places = new Map<string, number>();
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    this.#value('', 0);
    this.#space();
    if (this.#at < this.#text.length) {
      throw new Unexpected(this.#at, 'the end');
    }
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) {
      this.#at++;
    }
  }

  #has(mark: string): boolean {
    this.#space();
    const found = this.#text[this.#at] === mark;
    this.#at += found ? 1 : 0;
    return found;
  }

  #need(mark: string, expected = mark): void {
    if (!this.#has(mark)) {
      throw new Unexpected(this.#at, expected);
    }
  }

  #match(pattern: RegExp, expected: string): string {
    this.#space();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) {
      throw new Unexpected(this.#at, expected);
    }
    this.#at = pattern.lastIndex;
    return found[0];
  }

  readonly #string = (expected: string) => this.#match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y, expected);

  #value(path: string, depth: number): void {
    this.#space();
    this.places.set(path, this.#at);
    if (depth > DEEPEST) {
      throw new Unexpected(this.#at, 'fewer levels');
    }
    if (this.#has('{')) {
      this.#members(path, depth);
    } else if (this.#has('[')) {
      this.#items(path, depth);
    } else if (this.#text[this.#at] === '"') {
      this.#string('the end of the text');
    } else {
      this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true\b|false\b|null\b/y, 'a value');
    }
  }

  #members(path: string, depth: number): void {
    if (this.#has('}')) {
      return;
    }
    do {
      const name = JSON.parse(this.#string('a name in quotation marks')) as string;
      this.#need(':');
      this.#value(path === '' ? name : `${path}.${name}`, depth + 1);
    } while (this.#has(','));
    this.#need('}', ', or }');
  }

  #items(path: string, depth: number): void {
    if (this.#has(']')) {
      return;
    }
    let index = 0;
    do {
      this.#value(`${path}[${index++}]`, depth + 1);
    } while (this.#has(','));
    this.#need(']', ', or ]');
  }
}

/** Reads a JSON text for where its values stand, or for where it goes wrong. */
export function scanJson(text: string): Scanned {
  const scanner = new Scanner(text);
  try {
    scanner.run();
    return { ok: true, places: scanner.places };
  } catch (error) {
    if (error instanceof Unexpected) {
      return { ok: false, at: error.at, expected: error.expected };
    }
    throw error;
  }
}

/** Where a path stands, or what it would stand in. */
export function placeOf(places: Places, path: string): number {
  for (let one = path; one !== ''; one = one.replace(/(?:\.?[^.[\]]+|\[\d+\])$/, '')) {
    const found = places.get(one);
    if (found !== undefined) {
      return found;
    }
  }
  return places.get('') ?? 0;
}

/** The line of an offset, counted from 1. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
