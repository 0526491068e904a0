#!/usr/bin/env node
/** Measures the page at the server in Chromium and prints a Markdown table: `node bench/confirm.mjs [runs]` (default 3). */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./measure/report.ts', import.meta.url)));
await module.report({ parts: ['confirm'], runs: Number(process.argv[2] ?? 3) });
