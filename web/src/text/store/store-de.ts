import type { StoreMessages } from '../messages.js';

const de: StoreMessages = {
  wait: 'Warten',
  updating: 'Wird aktualisiert…',
  holdEnded: 'Die Reservierung ist beendet; Ihr Guthaben ist zurück ({name}). Noch einmal einlösen?',
  changedElsewhere: 'Ihre Prämien wurden auf einer anderen Seite geändert.',
  nothingApplied: 'Jetzt ist nichts eingelöst.',
  staysApplied: '{what} bleibt eingelöst, bis Sie dies einlösen.',
  priceWouldBe: 'Gesamt wäre {total}; angezeigt war {before}. Noch ist nichts eingelöst.',
  ordered: 'Ihre Bestellung ist aufgegeben.',
  reason_NO_ANSWER: 'Die Antwort des Shops ist nicht angekommen. Versuchen Sie es noch einmal: Eingelöst wird höchstens einmal.',
  reason_RATE_LIMITED: 'Zu viele Versuche. Warten Sie {time} und versuchen Sie es dann erneut.',
  reason_TEMPORARY: 'Der Shop kann gerade nicht antworten. Versuchen Sie es gleich noch einmal.',
  reason_CHECKOUT_COMPLETED: 'Diese Bestellung ist schon aufgegeben.',
  reason_CHECKOUT_NOT_FOUND: 'Der Shop hat diesen Bestellvorgang nicht mehr. Laden Sie die Seite neu.',
};

export default de;
