#include "native/api/code_entry.h"

#include <algorithm>
#include <array>

namespace loyalty::api {
namespace {

using wire::Json;

constexpr std::array<std::string_view, 3> unknown = {"CODE_NOT_FOUND", "COUPON_NOT_FOUND",
                                                     "ERROR_COUPON_DOES_NOT_EXIST"};

/// Codes are compared without case and outer spaces; a guess is one guess in any spelling.
std::string folded(std::string_view code) {
  while (code.starts_with(' ')) {
    code.remove_prefix(1);
  }
  while (code.ends_with(' ')) {
    code.remove_suffix(1);
  }
  std::string text{code.substr(0, 64)};
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

void collect_codes(const Json& json, bool here, std::vector<std::string>& codes) {
  if (json.is_string() && here) {
    codes.push_back(folded(json.get_ref<const std::string&>()));
  } else if (json.is_object()) {
    for (const auto& [name, value] : json.items()) {
      collect_codes(value, here || name == "codes" || name == "code" || name == "couponCode",
                    codes);
    }
  } else if (json.is_array()) {
    for (const Json& item : json) {
      collect_codes(item, here, codes);
    }
  }
}

void collect_rejected(const Json& json, std::vector<std::string>& codes) {
  if (json.is_object()) {
    const std::string code = wire::text_at(json, "code");
    if (json.contains("id") && std::find(unknown.begin(), unknown.end(), code) != unknown.end()) {
      codes.push_back(folded(wire::text_at(json, "id")));
    }
  }
  if (json.is_structured()) {
    for (const Json& item : json) {
      collect_rejected(item, codes);
    }
  }
}

}  // namespace

bool enters_code(const Json& request) {
  std::vector<std::string> codes;
  collect_codes(request, false, codes);
  return !codes.empty();
}

std::vector<std::string> unknown_codes(std::string_view answer, const Json& request) {
  const bool any = std::any_of(unknown.begin(), unknown.end(), [answer](std::string_view code) {
    return answer.find(code) != std::string_view::npos;
  });
  std::vector<std::string> codes;
  if (!any) {
    return codes;
  }
  const Json json = Json::parse(answer, nullptr, false);
  collect_rejected(json, codes);
  if (codes.empty() && !wire::member(json, "details").is_null()) {
    collect_codes(request, false, codes);
  }
  return codes;
}

}  // namespace loyalty::api
