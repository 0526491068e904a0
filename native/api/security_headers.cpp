#include "native/api/security_headers.h"

#include <algorithm>

#include "native/http/gate.h"

namespace loyalty::api {

void add_api_headers(std::vector<http::Header>& to) {
  to.emplace_back("X-Content-Type-Options", "nosniff");
  to.emplace_back("Referrer-Policy", "no-referrer");
  to.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  const bool has_cache_rule = std::any_of(to.begin(), to.end(), [](const http::Header& header) {
    return http::same_word(header.first, "cache-control");
  });
  if (!has_cache_rule) {
    to.emplace_back("Cache-Control", "no-store");
  }
}

std::vector<http::Header> page_headers() {
  return {{"Content-Security-Policy",
           "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
           "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
           "frame-ancestors 'none'; require-trusted-types-for 'script'; "
           "trusted-types lit-html"},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "no-referrer"},
          {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"},
          {"Cross-Origin-Opener-Policy", "same-origin"}};
}

}  // namespace loyalty::api
