/**
 * A module with the core's exports that takes every document and traps when it shall compute:
 *
 *   (module
 *     (memory (export "memory") 4)
 *     (func (export "loyalty_abi") (result i32) (i32.const 1))
 *     (func (export "loyalty_reserve") (param i32) (result i32) (i32.const 1024))
 *     (func (export "loyalty_open_catalog") (param i32) (result i32) (i32.const 0)) … and so on, but for
 *     (func (export "loyalty_run") (param i32) (result i32) (unreachable)))
 */
export const trappingCore = Buffer.from(
  'AGFzbQEAAAABGAVgAX8Bf2AAAX9gAn98AX9gAABgAXwBfwMLCgMBAAAAAgIEAAEFAwEABAfEAQsGbWVtb3J5AgALX2luaXRpYWxpemUAAAtsb3lhbHR5X2FiaQABD2xveWFsdHlfcmVzZXJ2ZQACFGxveWFsdHlfb3Blbl9jYXRhbG9nAAMVbG95YWx0eV9vcGVuX2NoZWNrb3V0AAQUbG95YWx0eV9zZXRfcXVhbnRpdHkABRJsb3lhbHR5X3NldF9wb2ludHMABg9sb3lhbHR5X3NldF9ub3cABwtsb3lhbHR5X3J1bgAIDmxveWFsdHlfZGV0YWlsAAkKMQoDAAELBABBAQsFAEGACAsEAEEACwQAQQALBABBAAsEAEEACwQAQQALAwAACwMAAAs=',
  'base64',
);
