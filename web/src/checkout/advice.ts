import type { DocumentError } from '../core/api.js';

/** A tag that was given nothing. */
export const NOTHING_GIVEN: DocumentError = {
  code: 'CONFIG',
  path: '',
  message: 'Nothing was given yet. Set program, member and cart, or endpoint, site and cart, or a client.',
};

/** An attribute with the name of a property that holds an object. */
export const notAnAttribute = (name: string): DocumentError => ({
  code: 'WRONG_TYPE',
  path: `/${name}`,
  message: `"${name}" is a property, not an attribute: it holds an object. Set element.${name} = … (in a framework: bind it as a property, or by a ref).`,
});

/** For whoever debugs a page: what the element's error says, with the object itself. */
export function explainInConsole(code: string, cause: unknown): void {
  const where = cause as { readonly path?: string; readonly message?: string } | null;
  console.warn(`<loyalty-checkout> ${code}${where?.path ? ` at ${where.path}` : ''}: ${where?.message ?? String(cause)}`, cause);
}
