/** How far something is: a bar that grows on a terminal, two lines in a log. */

const WIDTH = 32;

/** @param {string} title @param {NodeJS.WriteStream} [out] */
export function progressBar(title, out = process.stdout) {
  const started = performance.now();
  let shown = -1;
  if (!out.isTTY) out.write(`  ${title} …\n`);
  return {
    /** @param {number} share from 0 to 1 */
    show(share) {
      const percent = Math.floor(share * 100);
      if (!out.isTTY || percent === shown) return;
      shown = percent;
      const full = Math.round(share * WIDTH);
      out.write(`\r  ${title}  ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}  ${String(percent).padStart(3)} %`);
    },
    end() {
      const seconds = Math.round((performance.now() - started) / 1000);
      out.write(out.isTTY ? `   ${seconds} s\n` : `  ${title}: done in ${seconds} s\n`);
    },
  };
}
