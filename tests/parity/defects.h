#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "tests/property/random.h"

/// Documents with something wrong in them, as a page could hand them over.
namespace loyalty::parity {

using nlohmann::json;

/// Damages a document in one place, or now and then in several. Only in ways that a JavaScript
/// object can carry: no bad syntax, no key twice, no whole number written with a fraction.
void damage(json& document, property::Random& random);

/// The document as JSON text. What nlohmann cannot hold (numbers beyond 64 bits, half a surrogate
/// pair) is in a document as a marked text, and becomes itself here.
std::string text_of(const json& document);

}  // namespace loyalty::parity
