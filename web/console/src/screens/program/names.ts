import { html, nothing, type TemplateResult } from 'lit';
import { createWords } from '../../../../src/text/words.js';
import { withoutIsolates } from '../../../../src/text/format.js';
import type { Change } from '../../draft/draft.js';
import { faultOfText } from '../../kit/checks.js';
import { textField } from '../../kit/fields.js';
import type { Form } from '../../kit/form.js';
import { fieldOfForm, fieldsOf, formsIn, languagesBeside, nameOf, pointNameOf } from './languages.js';
import { present, settingsChange, type Standing, type Topic } from './topic.js';

interface NameValues extends Record<string, string | boolean> {
  name: string;
  customName: string;
  iconUrl: string;
  iconText: string;
  /** The languages with forms of their own: `en de`. */
  locales: string;
}

const MOST_OF_POINT_NAME = 20;
const MOST_OF_FORM = 40;

const localesIn = ({ locales }: NameValues): readonly string[] => locales.split(' ').filter(Boolean);

function programChange(values: NameValues, { program }: Standing): Change | null {
  const { customName = '', icon = {} } = program.pointDefinition ?? {};
  const name = values.name.trim();
  const points = values.customName.trim();
  const url = values.iconUrl.trim();
  const text = values.iconText.trim();
  const isIconChanged = url !== (icon.url ?? '') || text !== (icon.altText ?? '');
  const pointDefinition = {
    ...(points !== customName && { customName: points }),
    ...(isIconChanged && { icon: url === '' ? {} : { url, ...(text !== '' && { altText: text }) } }),
  };
  const hasPoints = Object.keys(pointDefinition).length > 0;
  if (name === program.name && !hasPoints) {
    return null;
  }
  const parts = [name !== program.name && `is called “${name}”`, points !== customName && `points are called “${points || 'Points'}”`, isIconChanged && 'has another icon'];
  return {
    operation: 'program.update',
    request: { loyaltyProgram: { ...(name !== program.name && { name }), ...(hasPoints && { pointDefinition }) } },
    subject: 'program-names',
    summary: `Program: ${parts.filter(Boolean).join(', ')}`,
  };
}

function faultOfAddress(text: string): string | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  return URL.canParse(text.trim()) && /^https?:/.test(text.trim()) ? undefined : 'Enter a whole address, such as https://shop.example/star.svg.';
}

/** What the program and its points are called, as members read it. */
export const names: Topic<NameValues> = {
  id: 'names',
  heading: 'Names and icon',
  intro: 'How members know the program. Everything here can be changed at any time.',
  values: ({ program: { name, pointDefinition: { customName = '', icon = {} } = {} }, settings: { pointName } }) => ({
    name,
    customName,
    iconUrl: icon.url ?? '',
    iconText: icon.altText ?? '',
    locales: Object.keys(pointName).join(' '),
    ...fieldsOf(pointName),
  }),
  check(values) {
    const forms = localesIn(values).flatMap((locale) => formsIn(locale).map(({ category }) => fieldOfForm(locale, category)));
    const faults = [
      ['name', faultOfText(values.name, 2, 50, 'a name')],
      ['customName', faultOfText(values.customName, 0, MOST_OF_POINT_NAME)],
      ['iconUrl', faultOfAddress(values.iconUrl)],
      ...forms.map((field) => [field, faultOfText(String(values[field] ?? ''), 1, MOST_OF_FORM, 'the word')] as const),
    ] as const;
    return Object.fromEntries(faults.filter(([, fault]) => fault));
  },
  changes(values, standing) {
    const before = names.values(standing);
    const wanted = pointNameOf(localesIn(values), values);
    const isRenamed = JSON.stringify(wanted) !== JSON.stringify(pointNameOf(localesIn(before), before));
    return present([programChange(values, standing), isRenamed ? settingsChange('names', 'Names', { pointName: wanted }, standing) : null]);
  },
  fields: (form) => html`
    ${textField(form, 'name', { label: 'Name of the program', hint: 'From 2 to 50 characters.', maxLength: 50 })}
    ${textField(form, 'customName', { label: 'Name of the points', hint: `One word for many of them, such as Stars; at most ${MOST_OF_POINT_NAME} characters.`, required: false, maxLength: MOST_OF_POINT_NAME })}
    <fieldset>
      <legend>Forms of that name, by language</legend>
      <p class="hint">So that shops can say “1 Star” and “5 Stars”. A language that is missing here takes the English forms.</p>
      ${localesIn(form.values).map((locale) => language(form, locale))} ${adder(form)}
    </fieldset>
    <div class="phrase" role="group" aria-label="How it reads">${phrases(form.values)}</div>
    <fieldset>
      <legend>Icon</legend>
      <div class="with-picture">
        <div class="grow">
          ${textField(form, 'iconUrl', { label: 'Address of the picture', hint: 'Square, 64 pixels or more. Shops can show it beside points.', required: false, placeholder: 'https://', inputMode: 'text' })}
          ${textField(form, 'iconText', { label: 'What it shows', hint: 'Read out to people who cannot see it.', required: false })}
        </div>
        ${picture(form.values)}
      </div>
    </fieldset>
  `,
  fieldOf(path) {
    const [, locale, category] = /pointName\W([\w-]+)\W(\w+)/.exec(path) ?? [];
    return locale && category ? `word ${locale} ${category}` : /icon\W(\w+)/.exec(path)?.[1] === 'altText' ? 'iconText' : /icon/.test(path) ? 'iconUrl' : undefined;
  },
};

function language(form: Form<NameValues>, locale: string): TemplateResult {
  const remove = () => form.set('locales', localesIn(form.values).filter((one) => one !== locale).join(' '));
  return html`
    <div class="language" role="group" aria-label=${nameOf(locale)}>
      <h3>${nameOf(locale)}</h3>
      <div class="field-row">
        ${formsIn(locale).map(({ category, count }) => textField(form, fieldOfForm(locale, category), { label: `For ${count.toLocaleString('en')}`, maxLength: MOST_OF_FORM }))}
      </div>
      <button type="button" class="button small quiet" @click=${remove}>Remove ${nameOf(locale)}</button>
    </div>
  `;
}

function adder(form: Form<NameValues>): TemplateResult {
  const there = localesIn(form.values);
  const add = (event: Event) => {
    const select = event.target as HTMLSelectElement;
    const locale = select.value;
    select.value = '';
    for (const { category } of formsIn(locale)) {
      form.set(fieldOfForm(locale, category), '');
    }
    form.set('locales', [...there, locale].join(' '));
  };
  return html`<div class="field">
    <label for="add-language">Add a language</label>
    <div class="control">
      <select id="add-language" @change=${add}>
        <option value="">Choose…</option>
        ${languagesBeside(there).map(([tag, name]) => html`<option value=${tag}>${name}</option>`)}
      </select>
    </div>
  </div>`;
}

/** What the server calls points that have no name; shops do not show it, they write the number alone. */
const NO_NAME = 'Points';

/** Just as pages write it: the same code does. */
function phrases(values: NameValues): readonly TemplateResult[] {
  const locales = localesIn(values);
  const custom = values.customName.trim();
  const pointName = locales.length > 0 ? pointNameOf(locales, values) : custom !== '' && custom !== NO_NAME ? { en: custom } : null;
  return (locales.length > 0 ? locales : ['en']).map((locale) => {
    const words = createWords({ locale, ...(pointName && { pointName }) });
    const counted = formsIn(locale).map(({ count }) => withoutIsolates(words.points(count)));
    return html`<p lang=${locale} dir=${words.direction}>${counted.map((text) => html`<span class="said">${locale === 'en' ? `You have ${text}` : text}</span>`)}</p>`;
  });
}

/** Shown where the console may show it: pictures of other places are not let in. */
function picture({ iconUrl, iconText }: NameValues): TemplateResult | typeof nothing {
  const address = iconUrl.trim();
  if (address === '' || faultOfAddress(address)) {
    return nothing;
  }
  return new URL(address).origin === location.origin
    ? html`<img class="picture" src=${address} alt=${iconText || 'The icon'} width="64" height="64" />`
    : html`<p class="hint">The console shows no pictures of other places. <a href=${address} target="_blank" rel="noreferrer noopener">Look at it in a new tab</a>.</p>`;
}
