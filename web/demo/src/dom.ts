/** A node, text, or nothing where a condition did not hold. */
export type Child = Node | string | null | undefined | false | readonly Child[];

interface Properties {
  readonly class?: string;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  readonly [attribute: string]: string | number | boolean | undefined | Readonly<Record<string, (event: Event) => void>>;
}

function append(parent: ParentNode & Node, child: Child): void {
  if (child === null || child === undefined || child === false) return;
  if (typeof child === 'string' || child instanceof Node) parent.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  else for (const one of child) append(parent, one);
}

/** An element with attributes, listeners and children. Text is always text, never markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'object') for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** Everything inside `parent` is replaced. */
export function fillWith(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** An element of the page's own HTML, which must be there. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}
