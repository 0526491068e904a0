import type { StoreMessages } from '../messages.js';

const pl: StoreMessages = {
  wait: 'Czekaj',
  updating: 'Aktualizujemy…',
  holdEnded: 'Rezerwacja wygasła, saldo wróciło ({name}). Zastosować ponownie?',
  changedElsewhere: 'Twoje nagrody zmieniono na innej stronie.',
  nothingApplied: 'Teraz nic nie jest zastosowane.',
  staysApplied: '{what}: pozostaje, dopóki nie zastosujesz tego wyboru.',
  priceWouldBe: 'Razem byłoby {total}; pokazaliśmy {before}. Nic jeszcze nie zastosowano.',
  ordered: 'Zamówienie zostało złożone.',
  reason_NO_ANSWER: 'Odpowiedź sklepu nie dotarła. Spróbuj ponownie: zastosujemy to najwyżej raz.',
  reason_RATE_LIMITED: 'Zbyt wiele prób. Odczekaj {time} i spróbuj ponownie.',
  reason_TEMPORARY: 'Sklep nie może teraz odpowiedzieć. Spróbuj ponownie za chwilę.',
  reason_CHECKOUT_COMPLETED: 'To zamówienie zostało już złożone.',
  reason_CHECKOUT_NOT_FOUND: 'Sklep nie ma już tego koszyka. Odśwież stronę.',
};

export default pl;
