/** The policies that pages are served with: what a browser may load, run and ask. */

/** Where browsers send what the policy stopped, and where tests read it. */
export const REPORTS_PATH = '/csp-reports';

const SCRIPTS = { strict: "'self' 'wasm-unsafe-eval'", 'blocked-wasm': "'self'" };

/**
 * @param {keyof typeof SCRIPTS | 'none'} name
 * @param {readonly string[]} [servers] origins that pages may ask beside their own
 */
export function policyOf(name, servers = []) {
  if (name === 'none') return '';
  return [
    "default-src 'none'",
    `script-src ${SCRIPTS[name]}`,
    "style-src 'self'",
    ["connect-src 'self'", ...servers].join(' '),
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    // Not report-to: browsers hold those reports back for up to a minute.
    `report-uri ${REPORTS_PATH}`,
  ].join('; ');
}

/** The names that `csp` may have, each with the Content-Security-Policy that it stands for. */
export const POLICIES = { strict: policyOf('strict'), 'blocked-wasm': policyOf('blocked-wasm'), none: policyOf('none') };
