// The half of run_chromium.mjs that runs in the page.
import { compareLines, Comparison } from './compare.mjs';
import { loadCore } from './facade.js';

const traps = [];
const builds = [];

/** Loads the builds that the runner names. */
globalThis.loadBuilds = async (wanted) => {
  for (const { name, every, options } of wanted) {
    const core = await loadCore({
      ...options,
      assets: '/modules/',
      onTrap: (cause) => traps.push(`${name}: ${cause}`),
    });
    builds.push({ comparison: new Comparison(name, core), every });
  }
};

/** Compares the lines at an address; what differs first, and the counts so far. */
globalThis.compareAt = async (address, withAll) => {
  const text = await (await fetch(address)).text();
  const found = await compareLines(text, withAll ? builds.map((build) => ({ ...build, every: 1 })) : builds);
  const counts = builds.map(({ comparison: { name, checkouts, refusals, answers } }) => ({
    name, checkouts, refusals, answers,
  }));
  return { found, traps, counts };
};
