import { CURRENCIES, PROGRAMS, SHOPPERS, type Theme, THEMES, type View } from './address.js';
import { type Child, h } from './dom.js';
import { pictureOf } from './programs.js';
import type { Session } from './session.js';
import { fill, LANGUAGE_NAMES, LANGUAGES, type Texts } from './texts.js';

const PROGRAM_NAMES = { coffee: 'Bean & Leaf Coffee', fashion: 'Atelier Nord', restaurant: 'Aoi Noodles' } as const;

/** One switch of the demonstration: a native select whose change leads to another address. */
function select<Name extends 'program' | 'shopper' | 'currency' | 'language' | 'theme'>(
  session: Session,
  name: Name,
  label: string,
  options: readonly (readonly [View[Name], string])[],
): HTMLElement {
  const control = h(
    'select',
    {
      id: `switch-${name}`,
      on: {
        change: () => {
          const changes: Partial<View> = { [name]: control.value };
          // Goods, choices and deliveries of one shop or member mean nothing to another.
          if (name === 'program') session.go({ ...changes, cart: null, delivery: null, chosen: [], placed: null });
          else if (name === 'shopper' || name === 'currency') session.go({ ...changes, chosen: [], placed: null });
          else session.go(changes);
        },
      },
    },
    ...options.map(([value, text]) => h('option', { value, selected: session.view[name] === value }, text)),
  );
  return h('label', { class: 'switch' }, h('span', {}, label), control);
}

export function themeNames(texts: Texts): Readonly<Record<Theme, string>> {
  return { auto: texts.themeAuto, light: texts.themeLight, dark: texts.themeDark };
}

function switches(session: Session): HTMLElement {
  const { texts, documents } = session;
  const themes = themeNames(texts);
  const bar = h(
    'details',
    { open: matchMedia('(min-width: 60rem)').matches },
    h('summary', {}, texts.settings),
    h(
      'div',
      { class: 'switches-row' },
      select(session, 'program', texts.program, PROGRAMS.map((id) => [id, PROGRAM_NAMES[id]] as const)),
      select(session, 'shopper', texts.member, SHOPPERS.map((id) => [id, id === 'guest' ? texts.guest : (documents.texts.members[id] ?? id)] as const)),
      select(session, 'currency', texts.currency, CURRENCIES.map((code) => [code, code] as const)),
      select(session, 'language', texts.language, LANGUAGES.map((tag) => [tag, LANGUAGE_NAMES[tag]] as const)),
      select(session, 'theme', texts.theme, THEMES.map((theme) => [theme, themes[theme]] as const)),
      h('a', { class: 'quiet-link', href: '/gallery/' }, texts.gallery),
    ),
  );
  return h('aside', { class: 'switches', 'aria-label': texts.settings }, bar);
}

/** The page around its content: who, where, and the demonstration's switches. */
export function frame(session: Session, action: Child, content: Child): HTMLElement {
  const { texts } = session;
  return h(
    'div',
    { class: 'page' },
    h('a', { class: 'skip', href: '#content' }, texts.skip),
    switches(session),
    h(
      'header',
      { class: 'site' },
      brand(session),
      h('p', { class: 'who' }, who(session)),
      action,
    ),
    h('main', { id: 'content', tabindex: -1 }, content),
    h('footer', { class: 'site-footer' }, h('p', {}, texts.footer)),
  );
}

/** The shop's name, which leads home. */
export function brand(session: Session): HTMLElement {
  const { documents } = session;
  return h(
    'a',
    { class: 'brand', href: session.address('/', { cartOpen: false, placed: null }) },
    h('img', { src: pictureOf('logos', documents.id), alt: '', width: 44, height: 44 }),
    h('span', { class: 'brand-name' }, documents.texts.name),
  );
}

function who(session: Session): Child {
  const { texts, member, words, view, documents } = session;
  if (member === null || view.shopper === 'guest') return texts.notSignedIn;
  const name = (documents.texts.members[view.shopper] ?? '').split(/[,،（]/)[0] ?? '';
  return [h('span', {}, fill(texts.signedInAs, { name })), h('strong', {}, words.points(member.account.available))];
}

export function icon(name: 'cart' | 'close' | 'minus' | 'plus' | 'gift' | 'check' | 'star' | 'away' | 'dot'): SVGSVGElement {
  const paths: Readonly<Record<typeof name, string>> = {
    cart: 'M3 4h2.2l2.3 11h10.2l2-8H6.4M9 20a1.2 1.2 0 1 0 0-.01M17 20a1.2 1.2 0 1 0 0-.01',
    close: 'M6 6l12 12M18 6L6 18',
    minus: 'M6 12h12',
    plus: 'M6 12h12M12 6v12',
    gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-4 0-6-1-6-3s4-2 6 3c2-5 6-5 6-3s-2 3-6 3',
    check: 'M4 12.5l5.5 5.5L20 7',
    away: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
    dot: 'M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8',
    star: 'M12 3.5l2.6 5.6 6 .7-4.5 4.1 1.2 6L12 16.9l-5.3 3 1.2-6-4.5-4.1 6-.7z',
  };
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', width: '20', height: '20', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.8', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true', class: `icon icon-${name}` })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
