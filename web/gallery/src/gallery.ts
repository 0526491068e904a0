import './gallery.css';
import '../../src/define.js';
import { CURRENCIES, PROGRAMS } from '../../demo/src/address.js';
import { byId, fillWith, h } from '../../demo/src/dom.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../../demo/src/texts.js';
import type { LoyaltyCheckout } from '../../src/checkout/index.js';
import { Fixture } from './fixture.js';
import { addressOf, LAYOUTS, readSettings, type Settings } from './settings.js';
import { type Specimen, SPECIMENS } from './states.js';

/** A state that has not come by then will not come. */
const GIVE_UP_MS = 12_000;

/** The gallery itself speaks English, whatever its exhibits speak. */
const ENGLISH = { lang: 'en', dir: 'ltr' } as const;

const settings = readSettings(location.search);
const root = document.documentElement;
root.lang = settings.locale;
root.dir = settings.locale === 'ar' ? 'rtl' : 'ltr';
root.dataset['theme'] = settings.theme;

const fixture = await Fixture.load(settings);
const chosen = SPECIMENS.find(({ id }) => id === settings.state);
document.title = chosen ? `${chosen.title} · states` : 'Loyalty checkout · all states';

if (chosen) await showOne(chosen);
else if (settings.state !== null) showUnknown(settings.state);
else showIndex();

/** Makes the element and brings it into the state; resolves when it is there and at rest. */
async function exhibit(specimen: Specimen, place: Element): Promise<string> {
  const element = document.createElement('loyalty-checkout');
  element.locale = settings.locale;
  element.theme = settings.theme;
  element.layout = settings.layout;
  element.headingLevel = settings.state === null ? 4 : 2;
  element.formatters = { tag: fixture.tagName };
  for (const [name, value] of Object.entries(specimen.attributes ?? {})) element.setAttribute(name, value);
  for (const [slot, text] of Object.entries(specimen.slots ?? {})) element.append(h(slot === 'heading' ? 'h2' : 'p', { slot, class: 'slotted' }, text));
  if (specimen.give) await specimen.give(element, fixture);
  else {
    element.program = fixture.program();
    element.member = fixture.member;
    element.cart = fixture.cart();
    element.client = fixture.client();
  }
  // An element gives up waiting some day; what is on show begins anew.
  element.addEventListener('loyalty-state', ({ detail }) => {
    if (specimen.expects === 'loading' && detail.to === 'unavailable') void element.refresh();
  });
  if (specimen.offline) whileOffline(() => place.append(element));
  else place.append(element);
  await specimen.act?.(element, fixture);
  await reached(element, specimen.expects);
  if (specimen.settlesAfterMs !== undefined) await pause(specimen.settlesAfterMs);
  await atRest(element);
  return element.dataset['state'] ?? '';
}

/** The element asks the browser when it enters the page. */
function whileOffline(enter: () => void): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  enter();
  Reflect.deleteProperty(navigator, 'onLine');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

async function reached(element: LoyaltyCheckout, state: string): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  while (element.dataset['state'] !== state) {
    if (performance.now() > end) throw new Error(`expected the state ${state}, but it is ${element.dataset['state'] ?? 'none'}`);
    await pause(20);
  }
}

/** Two frames without a change: whatever arrives late, such as reasons and better combinations, has arrived. */
async function atRest(element: LoyaltyCheckout): Promise<void> {
  const target = element.shadowRoot;
  if (!target) return;
  let last = performance.now();
  const observer = new MutationObserver(() => (last = performance.now()));
  observer.observe(target, { subtree: true, childList: true, characterData: true, attributes: true });
  const end = performance.now() + 3000;
  while (performance.now() - last < 250 && performance.now() < end) await frame();
  observer.disconnect();
}

async function showOne(specimen: Specimen): Promise<void> {
  const place = h('div', { class: 'place' });
  // The element's width is a number of the address; the property is set by script, which the policy allows.
  if (settings.width !== null) place.style.maxInlineSize = `${settings.width}px`;
  const heading = h('h1', { class: settings.bare ? 'visually-hidden' : '', ...ENGLISH }, specimen.title);
  fillWith(byId('app'), h('main', { class: `one ${settings.bare ? 'bare' : ''}` }, settings.bare ? heading : [toolbar(), heading, h('p', { class: 'caption', ...ENGLISH }, captionOf(specimen))], place));
  try {
    await exhibit(specimen, place);
    root.dataset['ready'] = specimen.id;
  } catch (error) {
    root.dataset['problem'] = error instanceof Error ? error.message : String(error);
    root.dataset['ready'] = 'failed';
    place.after(h('p', { class: 'problem', role: 'alert' }, root.dataset['problem']));
  }
}

function showUnknown(id: string): void {
  fillWith(byId('app'), h('main', { class: 'one' }, toolbar(), h('h1', {}, `There is no state “${id}”`), h('p', {}, h('a', { href: addressOf({ ...settings, state: null }) }, 'All states'))));
  root.dataset['ready'] = 'failed';
}

function captionOf(specimen: Specimen): string {
  return [`state=${specimen.id}`, `data-state="${specimen.expects}"`, specimen.drawing && `drawing ${specimen.drawing}`].filter(Boolean).join(' · ');
}

function showIndex(): void {
  const groups = [...new Set(SPECIMENS.map(({ group }) => group))];
  const waiting = new Map<Element, Specimen>();
  const card = (specimen: Specimen) => {
    const place = h('div', { class: 'place' });
    waiting.set(place, specimen);
    return h(
      'article',
      { class: 'specimen', id: specimen.id },
      h('header', ENGLISH, h('h3', {}, h('a', { href: addressOf({ ...settings, state: specimen.id }) }, specimen.title)), h('p', { class: 'caption' }, captionOf(specimen))),
      place,
    );
  };
  fillWith(
    byId('app'),
    h(
      'main',
      { class: 'index' },
      toolbar(),
      h('h1', ENGLISH, 'All states'),
      h('p', { class: 'lead', ...ENGLISH }, 'Each one is the real element, brought there through its public side. A title leads to the state on a page of its own. For forced colours, switch them on in the system or the browser.'),
      groups.map((group) => h('section', {}, h('h2', ENGLISH, group), h('div', { class: 'specimens' }, SPECIMENS.filter((one) => one.group === group).map(card)))),
    ),
  );
  // Only what is near the screen is made.
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const specimen = waiting.get(target);
        if (!isIntersecting || !specimen) continue;
        waiting.delete(target);
        near.unobserve(target);
        exhibit(specimen, target).catch((error: unknown) => target.after(h('p', { class: 'problem' }, error instanceof Error ? error.message : String(error))));
      }
    },
    { rootMargin: '800px' },
  );
  for (const place of waiting.keys()) near.observe(place);
  root.dataset['ready'] = 'index';
}

function toolbar(): HTMLElement {
  const link = (text: string, changes: Partial<Settings>) => {
    const present = Object.entries(changes).every(([name, value]) => settings[name as keyof Settings] === value);
    return h('a', { href: addressOf({ ...settings, ...changes }), 'aria-current': present ? 'true' : undefined }, text);
  };
  const row = (name: string, links: readonly HTMLElement[]) => h('p', {}, h('span', {}, name), ...links);
  return h(
    'nav',
    { class: 'toolbar', 'aria-label': 'How it is shown', ...ENGLISH },
    h('p', {}, h('a', { href: '/' }, 'Shop'), settings.state !== null && link('All states', { state: null })),
    row('Shop', PROGRAMS.map((program) => link(program, { program }))),
    row('Language', LANGUAGES.map((locale) => link(LANGUAGE_NAMES[locale], { locale }))),
    row('Currency', CURRENCIES.map((currency) => link(currency, { currency }))),
    row('Theme', (['auto', 'light', 'dark', 'none'] as const).map((theme) => link(theme, { theme }))),
    row('Layout', LAYOUTS.map((layout) => link(layout, { layout }))),
  );
}
