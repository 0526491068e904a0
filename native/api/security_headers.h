#pragma once

#include <vector>

#include "native/http/server.h"

namespace loyalty::api {

/// On every answer of the API: it is data, never a page, and nobody keeps it.
void add_api_headers(std::vector<http::Header>& to);

/// On every page: scripts, styles, pictures and calls only from here, Wasm allowed, nothing inline,
/// no frames.
std::vector<http::Header> page_headers();

}  // namespace loyalty::api
