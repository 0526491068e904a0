// Chromium, without a window and without anything that it does on its own.
import { webPackage } from './bundle.mjs';

export async function launchChromium(extraArguments = []) {
  const { default: playwright } = await webPackage('playwright-core');
  return playwright.chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...extraArguments,
    ],
  });
}
