/** Debian's Chromium, or another one by its path. */
export const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
];
