/** What browsers say that a policy stopped: counted, and kept for whoever asks. */
import { sendText } from './replies.mjs';

const MAX_REPORT_BYTES = 64 * 1024;
const MAX_REPORTS_KEPT = 200;

/** Counts what browsers report. GET lists it, POST adds to it, DELETE begins anew. */
export function createReports() {
  let count = 0;
  let kept = [];

  return { answer };

  async function answer(request, response) {
    if (request.method === 'POST') {
      const violations = parseReports(await readBody(request));
      count += violations.length;
      kept = [...kept, ...violations].slice(-MAX_REPORTS_KEPT);
      response.writeHead(204);
      return response.end();
    }
    if (request.method === 'DELETE') {
      count = 0;
      kept = [];
      response.writeHead(204);
      return response.end();
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD, POST, DELETE');
      return sendText(response, 405, 'Reports are sent with POST.\n');
    }
    const text = `${JSON.stringify({ count, violations: kept }, null, 2)}\n`;
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
    });
    return response.end(request.method === 'HEAD' ? undefined : text);
  }
}

/** Both formats that browsers send: one object of the older kind, or a list of the Reporting API. */
function parseReports(body) {
  let data;
  try {
    data = JSON.parse(body);
  } catch {
    return [];
  }
  const entries = Array.isArray(data) ? data.filter((entry) => entry?.type === 'csp-violation') : [data];
  return entries.flatMap((entry) => {
    const details = entry?.['csp-report'] ?? entry?.body;
    if (typeof details !== 'object' || details === null) return [];
    return [
      {
        directive: details['effective-directive'] ?? details.effectiveDirective ?? '',
        blocked: details['blocked-uri'] ?? details.blockedURL ?? '',
        page: details['document-uri'] ?? details.documentURL ?? '',
        source: details['source-file'] ?? details.sourceFile ?? '',
        line: details['line-number'] ?? details.lineNumber ?? 0,
        sample: details['script-sample'] ?? details.sample ?? '',
      },
    ];
  });
}

async function readBody(request) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > MAX_REPORT_BYTES) return '';
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
