import './gallery.css';
import '../../src/define.js';
import { byId, fillWith, h } from '../../demo/src/dom.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../../demo/src/texts.js';
import type { LoyaltyRewards } from '../../src/rewards/index.js';
import { RewardsFixture } from './rewards-fixture.js';
import { REWARDS_SPECIMENS, type RewardsSpecimen } from './rewards-states.js';
import { addressOf, readSettings, type Settings } from './settings.js';

const GIVE_UP_MS = 12_000;
const ENGLISH = { lang: 'en', dir: 'ltr' } as const;

const settings = readSettings(location.search);
const root = document.documentElement;
root.lang = settings.locale;
root.dir = settings.locale === 'ar' ? 'rtl' : 'ltr';
root.dataset['theme'] = settings.theme;

const fixture = new RewardsFixture(settings.now);
const chosen = REWARDS_SPECIMENS.find(({ id }) => id === settings.state);
document.title = chosen ? `${chosen.title} · rewards` : 'Loyalty rewards · all states';

if (chosen) await showOne(chosen);
else showIndex();

/** Makes the element and brings it into the state; resolves when it is there and at rest. */
async function exhibit(specimen: RewardsSpecimen, place: Element): Promise<void> {
  const element = document.createElement('loyalty-rewards');
  element.locale = settings.locale;
  element.theme = settings.theme;
  element.checkoutUrl = '/checkout';
  // How many movements are shown, for pictures that need not be long.
  element.pageSize = Number(new URLSearchParams(location.search).get('rows')) || 20;
  for (const [name, value] of Object.entries(specimen.attributes ?? {})) element.setAttribute(name, value);
  for (const [slot, text] of Object.entries(specimen.slots ?? {})) element.append(h('span', { slot }, text));
  if (specimen.give) specimen.give(element, fixture);
  else element.client = fixture.client();
  if (specimen.offline) Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  place.append(element);
  await reached(element, specimen.expects);
  await specimen.act?.(element);
  if (specimen.settlesAfterMs !== undefined) await new Promise((resolve) => setTimeout(resolve, specimen.settlesAfterMs));
  await atRest(element);
}

async function reached(element: LoyaltyRewards, state: string): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  while (element.dataset['state'] !== state) {
    if (performance.now() > end) throw new Error(`expected the state ${state}, but it is ${element.dataset['state'] ?? 'none'}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A while without a change: whatever arrives late has arrived. */
async function atRest(element: LoyaltyRewards): Promise<void> {
  let last = performance.now();
  const observer = new MutationObserver(() => (last = performance.now()));
  observer.observe(element.shadowRoot!, { subtree: true, childList: true, characterData: true, attributes: true });
  const end = performance.now() + 3000;
  while (performance.now() - last < 200 && performance.now() < end) await new Promise(requestAnimationFrame);
  observer.disconnect();
}

async function showOne(specimen: RewardsSpecimen): Promise<void> {
  const place = h('div', { class: 'place' });
  if (settings.width !== null) place.style.maxInlineSize = `${settings.width}px`;
  const heading = h('h1', { class: settings.bare ? 'visually-hidden' : '', ...ENGLISH }, specimen.title);
  fillWith(byId('app'), h('main', { class: `one wide ${settings.bare ? 'bare' : ''}` }, settings.bare ? heading : [toolbar(), heading], place));
  try {
    await exhibit(specimen, place);
    root.dataset['ready'] = specimen.id;
  } catch (error) {
    root.dataset['problem'] = error instanceof Error ? error.message : String(error);
    root.dataset['ready'] = 'failed';
  }
}

function toolbar(): HTMLElement {
  const link = (text: string, changes: Partial<Settings>) => h('a', { href: addressOf({ ...settings, ...changes }) }, text);
  return h(
    'nav',
    { class: 'toolbar', 'aria-label': 'How it is shown', ...ENGLISH },
    h('p', {}, h('a', { href: '/' }, 'Shop'), link('All states', { state: null })),
    h('p', {}, h('span', {}, 'Language'), LANGUAGES.map((locale) => link(LANGUAGE_NAMES[locale], { locale }))),
    h('p', {}, h('span', {}, 'Theme'), (['auto', 'light', 'dark', 'none'] as const).map((theme) => link(theme, { theme }))),
  );
}

function showIndex(): void {
  const items = REWARDS_SPECIMENS.map(({ id, title }) => h('li', {}, h('a', { href: addressOf({ ...settings, state: id }) }, title)));
  fillWith(byId('app'), h('main', { class: 'one' }, toolbar(), h('h1', ENGLISH, 'The rewards page: all states'), h('ul', ENGLISH, items)));
  root.dataset['ready'] = 'index';
}
