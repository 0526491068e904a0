// The rare calls of the complete build, through Embind.

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include "core/base/version.h"
#include "wasm/answers.h"

namespace {

using loyalty::wasm::Answers;

Answers& answers() {
  static Answers& only = *new Answers{loyalty::wasm::engine()};
  return only;
}

/// A window on the text where it is: to be read before the next call.
emscripten::val view_of(std::string_view text) {
  return emscripten::val(emscripten::typed_memory_view(
      text.size(), reinterpret_cast<const unsigned char*>(text.data())));
}

emscripten::val answer(int kind, int want) {
  return view_of(answers().answer(static_cast<Answers::Kind>(kind), static_cast<unsigned>(want)));
}

emscripten::val error() { return view_of(answers().refusal()); }

emscripten::val version() { return view_of(loyalty::core_version); }

}  // namespace

EMSCRIPTEN_BINDINGS(loyalty) {
  emscripten::function("answer", &answer);
  emscripten::function("error", &error);
  emscripten::function("version", &version);
}
