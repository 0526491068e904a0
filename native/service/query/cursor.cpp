#include "native/service/query/cursor.h"

#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/base/check.h"
#include "native/wire/base64.h"

namespace loyalty::service {
namespace {

using wire::Json;

constexpr std::size_t mac_bytes = 32;

std::string mac_of(std::string_view message, std::string_view secret) {
  std::string mac(mac_bytes, '\0');
  unsigned size = 0;
  const unsigned char* made =
      HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(),
           reinterpret_cast<unsigned char*>(mac.data()), &size);
  LOYALTY_CHECK(made != nullptr && size == mac_bytes);
  return mac;
}

Json json_of(const store::Value& value) {
  return std::visit([](const auto& one) { return Json(one); }, value);
}

store::Value value_of(const Json& json) {
  if (json.is_string()) {
    return json.get<std::string>();
  }
  if (json.is_boolean()) {
    return json.get<bool>();
  }
  if (json.is_number_integer()) {
    return json.get<std::int64_t>();
  }
  return nullptr;
}

}  // namespace

std::string write_cursor(const Cursor& cursor, std::string_view collection, std::string_view secret,
                         Instant now) {
  Json place = Json::array();
  for (const store::Value& value : cursor.place) {
    place.push_back(json_of(value));
  }
  const Json whole{{"c", collection},
                   {"q", cursor.asked},
                   {"p", std::move(place)},
                   {"b", cursor.backward},
                   {"t", (now + cursor_life).ms()}};
  const std::string message = whole.dump();
  return wire::base64url(mac_of(message, secret) + message);
}

std::optional<Cursor> read_cursor(std::string_view text, std::string_view collection,
                                  std::string_view secret, Instant now) {
  if (text.size() > cursor_characters_max) {
    return std::nullopt;
  }
  const auto bytes = wire::from_base64url(text);
  if (!bytes || bytes->size() <= mac_bytes) {
    return std::nullopt;
  }
  const std::string message = bytes->substr(mac_bytes);
  if (CRYPTO_memcmp(bytes->data(), mac_of(message, secret).data(), mac_bytes) != 0) {
    return std::nullopt;
  }
  // From here on it is what we wrote.
  const Json whole = Json::parse(message);
  if (whole["c"] != collection || whole["t"].get<std::int64_t>() < now.ms()) {
    return std::nullopt;
  }
  Cursor cursor;
  cursor.asked = whole["q"];
  cursor.backward = whole["b"].get<bool>();
  for (const Json& value : whole["p"]) {
    cursor.place.push_back(value_of(value));
  }
  return cursor;
}

}  // namespace loyalty::service
