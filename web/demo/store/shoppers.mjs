/** Who can be signed in: known customers by their e-mail address, and new ones. */
import { randomUUID } from 'node:crypto';
import { SIGN_UP } from '../year/program.mjs';
import { ShopProblem } from './problems.mjs';

const NAME_LENGTH = 80;
const EMAIL = /^[^\s@,"]+@[^\s@,"]+\.[^\s@,".]+$/;

/** @param {any} contact @returns {import('./sessions.mjs').Shopper} */
function shopperOf({ id, memberId, name, email }) {
  return { contactId: id, memberId, name: name ?? email, email };
}

/** @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {string} email @returns {Promise<import('./sessions.mjs').Shopper>} */
export async function knownShopper(api, email) {
  const { contacts } = await api.get(`/contacts/v1/contacts?email=${encodeURIComponent(email)}`);
  const contact = contacts[0];
  if (contact?.memberId === undefined) throw new ShopProblem(404, 'NO_SUCH_MEMBER', 'Nobody has joined with this e-mail address. Sign up instead.', { field: 'email' });
  return shopperOf(contact);
}

/**
 * Joins the program, as a shop's sign-up does: a contact, its account, and the points that wait for newcomers.
 * @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {{ name: string, email: string }} person
 * @returns {Promise<import('./sessions.mjs').Shopper>}
 */
export async function newShopper(api, { name, email }) {
  if (name === '') throw new ShopProblem(400, 'NAME_MISSING', 'Write your name.', { field: 'name' });
  if (name.length > NAME_LENGTH) throw new ShopProblem(400, 'NAME_TOO_LONG', `Write a name of at most ${NAME_LENGTH} characters.`, { field: 'name' });
  if (!EMAIL.test(email)) throw new ShopProblem(400, 'EMAIL_UNLIKE_ONE', 'Write an e-mail address, such as kim@example.com.', { field: 'email' });
  const { contact } = await api.post('/contacts/v1/contacts', { contact: { name, email, memberId: randomUUID() } });
  await api.post('/loyalty-accounts/v1/accounts', { contactId: contact.id });
  await api.post('/loyalty-triggers/v1/activities', { contactId: contact.id, triggerAppId: SIGN_UP.app, activityType: SIGN_UP.activity, eventId: `sign-up-${contact.id}` });
  return shopperOf(contact);
}
