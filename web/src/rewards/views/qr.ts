import { html, svg } from 'lit';
import { encode } from 'uqr';

/** Light modules on all sides, as the standard asks for. */
const QUIET = 4;

/** The dark modules as one path, a run of a row at a time. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      const start = x;
      while (row[x]) {
        x += 1;
      }
      if (x > start) {
        path += `M${start} ${y}h${x - start}v1h${start - x}z`;
      }
    }
  });
  return path;
}

/** A code as a QR code. Always dark on light, whatever the page's colours: some readers see nothing else. */
export function qr(code: string, label: string): unknown {
  const { data, size } = encode(code, { ecc: 'M', border: QUIET });
  return html`<svg part="qr" class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${label} shape-rendering="crispEdges">
    ${svg`<rect width=${size} height=${size} fill="#fff" /><path d=${pathOf(data)} fill="#000" />`}
  </svg>`;
}
