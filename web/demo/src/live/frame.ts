import { THEMES } from '../address.js';
import { type Child, h } from '../dom.js';
import { brand, icon, themeNames } from '../frame.js';
import { fill, LANGUAGE_NAMES, LANGUAGES } from '../texts.js';
import { backend } from './backend.js';
import { joinDialog } from './join.js';
import type { LivePage, LiveSession } from './session.js';

const SOMEONE_NEW = 'new';
const GUEST = '';

/** The page around its content: who is here, where one can go, and what a demonstration needs besides. */
export function liveFrame(session: LiveSession, page: LivePage, action: Child, content: Child): Child {
  const { texts, live } = session;
  const join = joinDialog(session);
  return [
    h(
      'div',
      { class: 'page' },
      h('a', { class: 'skip', href: '#content' }, texts.skip),
      switches(session, () => join.showModal()),
      h('header', { class: 'site' }, brand(session), pages(session, page), who(session), action),
      h('main', { id: 'content', tabindex: -1 }, content),
      h('footer', { class: 'site-footer' }, h('p', {}, live.footer)),
    ),
    join,
  ];
}

/** Somebody wants to sign in: the choice of shoppers is where that happens. */
export function chooseShopper(): void {
  const choice = document.querySelector<HTMLSelectElement>('#switch-shopper');
  choice?.closest('details')?.setAttribute('open', '');
  choice?.focus();
  try {
    choice?.showPicker();
  } catch {
    // Only where the visitor has just asked for it; it has the focus anyway.
  }
}

function pages(session: LiveSession, page: LivePage): HTMLElement {
  const { live, config } = session;
  const link = (to: LivePage, text: string) => h('a', { href: session.address(to), 'aria-current': to === page && 'page' }, text);
  return h(
    'nav',
    { class: 'pages', 'aria-label': live.pages },
    link('/', live.shop),
    link('/rewards', live.rewards),
    link('/orders', live.orders),
    h('a', { href: config.console, target: '_blank', rel: 'noopener' }, live.console, icon('away')),
  );
}

/** Who is signed in, with what can be spent: as it changes. */
function who(session: LiveSession): HTMLElement {
  const { texts, words, config } = session;
  const balance = h('strong', {});
  const element = h('p', { class: 'who' }, config.me ? [h('span', {}, fill(texts.signedInAs, { name: config.me.name })), balance] : texts.notSignedIn);
  const show = () => (balance.textContent = session.member ? words.points(session.member.account.available) : '');
  show();
  session.onMember(show);
  return element;
}

function select(label: string, id: string, options: readonly (readonly [string, string])[], chosen: string, change: (value: string) => void): HTMLElement {
  const control = h('select', { id, on: { change: () => change(control.value) } }, ...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)));
  return h('label', { class: 'switch' }, h('span', {}, label), control);
}

function switches(session: LiveSession, join: () => void): HTMLElement {
  const { texts, live, config, view } = session;
  const known = config.shoppers.map(({ name, email, about }) => [email, `${name}: ${about}`] as const);
  const isOther = config.me !== null && !known.some(([email]) => email === config.me?.email);
  const people = [...known, ...(isOther ? [[config.me.email, config.me.name] as const] : []), [GUEST, texts.guest] as const, [SOMEONE_NEW, live.someoneNew] as const];
  const me = config.me?.email ?? GUEST;
  const be = (email: string, control: () => void) => {
    if (email === SOMEONE_NEW) join();
    else void (email === GUEST ? backend.signOut() : backend.signIn(email)).then(() => location.reload(), control);
  };
  const go = (name: string, value: string) => {
    const parameters = new URLSearchParams(location.search);
    parameters.set(name, value);
    location.search = parameters.toString();
  };
  const shopper = select(texts.member, 'switch-shopper', people, me, (email) => {
    be(email, () => location.reload());
    // Until somebody new is there, it is who it was.
    if (email === SOMEONE_NEW) shopper.querySelector('select')!.value = me;
  });
  return h(
    'aside',
    { class: 'switches', 'aria-label': texts.settings },
    h(
      'details',
      { open: matchMedia('(min-width: 60rem)').matches },
      h('summary', {}, texts.settings),
      h(
        'div',
        { class: 'switches-row switches-live' },
        shopper,
        select(texts.language, 'switch-language', LANGUAGES.map((tag) => [tag, LANGUAGE_NAMES[tag]] as const), view.language, (tag) => go('lang', tag)),
        select(texts.theme, 'switch-theme', THEMES.map((theme) => [theme, themeNames(texts)[theme]] as const), view.theme, (theme) => go('theme', theme)),
        h('a', { class: 'quiet-link', href: '/gallery/' }, texts.gallery),
      ),
    ),
  );
}
