// What Emscripten writes, staged into ./build by `npm run assets`.
declare module '*/loyalty.mjs';
declare module '*/loyalty-js.mjs';
