import type { en } from './locales/en.js';
import type { enStore } from './store/store-en.js';

/** One text, or one per plural form of its `count`. Numbers and names go where `{name}` stands. */
export type Message = string | ({ readonly other: string } & { readonly [form in Intl.LDMLPluralRule]?: string });

/** Names of all texts; English says which there are. */
export type MessageKey = keyof typeof en;

/** A whole language. A missing text does not compile. */
export type Messages = { readonly [key in MessageKey]: Message };

/** The part of it that comes later. */
export type StoreMessages = { readonly [key in keyof typeof enStore]: Message };

/** What a language has from the start. */
export type FirstMessages = Omit<Messages, keyof StoreMessages>;

/** What a shop may replace, text by text. */
export type MessageOverrides = { readonly [key in MessageKey]?: Message };

type Slots<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never;
type Texts<M> = M extends string ? M : M[keyof M];

/** What a text needs to be filled in with, read off the English one. */
export type MessageSlots<Key extends MessageKey> = Slots<Texts<(typeof en)[Key]>>;
export type MessageArguments<Key extends MessageKey> = [MessageSlots<Key>] extends [never]
  ? []
  : [{ readonly [slot in MessageSlots<Key>]: string | number }];

/** Writes values into a text; `{unknown}` names stay as they are, so that a mistake can be seen. */
export function fill(text: string, values: { readonly [slot: string]: string | number }): string {
  return text.replace(/\{(\w+)\}/g, (whole, slot: string) => String(values[slot] ?? whole));
}
