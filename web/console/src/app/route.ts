/** Where in the console somebody is, as the address says after `#/`. */
export interface Route {
  /** The screen: `members`. */
  readonly name: string;
  /** What follows it: `members/0f…` has ['0f…']. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

const HOME = 'overview';

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a lone % that somebody typed
  }
}

/** The route of a fragment such as `#/members/0f?search=ann`; anything else is home. */
export function routeOf(hash: string): Route {
  const [place = '', ...questions] = hash.replace(/^#\/?/, '').split('?');
  const [name = '', ...path] = place.split('/').filter(Boolean).map(decoded);
  return { name: name || HOME, path, query: new URLSearchParams(questions.join('?')) };
}

/** The fragment of a path such as `members/0f?search=ann`. */
export const hashOf = (path: string): string => `#/${path.replace(/^[#/]+/, '')}`;

/** Whether both show the same thing, told apart by filters at most. */
export function isSamePlace(one: Route, other: Route): boolean {
  return one.name === other.name && one.path.join('/') === other.path.join('/');
}
