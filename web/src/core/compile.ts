/** Compiles a module from its address, while it is still arriving where the server names the type. */
export async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}.`);
  }
  // Anything else, even with a parameter, is refused by the streaming call.
  const streams = response.headers.get('content-type') === 'application/wasm';
  return streams && WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
