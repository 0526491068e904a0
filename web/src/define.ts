/** Registers the elements: `import 'loyalty-web/define'`. */
import { defineElements } from './define-elements.js';

defineElements();

export * from './first.js';
