/** People's names, from many places, as on any mailing list. */
const GIVEN = `
Ada Aisha Alma Amir Ana Andrei Anika Anton Aoife Arjun Astrid Beatriz Ben Bruno Camila Carlos Chidi Chloe Clara Daniel
Daria David Diego Elena Elias Elif Emma Esther Farid Fatima Felix Fiona Freya Gabriel Grace Hana Hannah Hassan Hugo Ida
Ines Ingrid Iris Isaac Ivan Jamal James Jana Jonas Josefa Julia Kai Karim Katya Kenji Klara Lars Laura Layla Leo Lina
Liv Lucas Lucia Luis Maja Malik Mara Marco Maria Marta Mateo Maya Mei Mia Milan Mina Mira Nadia Naomi Nia Nikos Nina
Noah Nora Olga Oliver Omar Oskar Paula Pedro Petra Priya Rafael Ravi Rosa Ruth Salma Samir Sara Sofia Stefan Tara Theo
Thomas Tomasz Uma Vera Victor Wanda Wei Yara Yusuf Zoe`.trim().split(/\s+/);
const FAMILY = `
Abebe Adler Ahmed Alvarez Andersson Bakker Bauer Becker Bell Bennett Berg Bianchi Blum Brandt Brennan Campbell Carter
Chen Cohen Costa Cruz Dahl Davis Diaz Dubois Eriksen Evans Farouk Ferrari Fischer Flores Foster Garcia Grant Green Gupta
Haas Hall Hansen Hassan Hayes Hoffman Holm Hughes Ibrahim Ito Jansen Johnson Jones Kaplan Keller Khan Kim Klein Kowalski
Kumar Laurent Lee Lehmann Lopez Madsen Marino Martin Mehta Meyer Mitchell Moreau Morgan Moss Murphy Nakamura Nguyen
Novak Okafor Olsen Ortiz Osei Park Patel Perez Petrov Quinn Ramos Reed Reyes Rivera Romano Rossi Roth Russo Sanchez
Santos Sato Schmidt Shah Silva Singh Sokolov Stein Suzuki Tanaka Taylor Torres Turner Vargas Vogel Wagner Walsh Weber
West Winter Wong Yilmaz Young Zhang`.trim().split(/\s+/);

/** @typedef {{ name: string, email: string }} Name */

/** So many people, no two of one name. @param {import('./random.mjs').Random} random @param {number} count @returns {Name[]} */
export function differentNames(random, count) {
  if (count > (GIVEN.length * FAMILY.length) / 2) throw new Error(`There are names for at most ${Math.floor((GIVEN.length * FAMILY.length) / 2)} people.`);
  /** @type {Map<string, Name>} */
  const names = new Map();
  while (names.size < count) {
    const one = named(random.pick(GIVEN), random.pick(FAMILY));
    names.set(one.name, one);
  }
  return [...names.values()];
}

/** @param {string} given @param {string} family @returns {Name} */
export function named(given, family) {
  return { name: `${given} ${family}`, email: `${given}.${family}@example.com`.toLowerCase() };
}
