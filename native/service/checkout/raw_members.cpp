#include "native/service/checkout/raw_members.h"

#include <array>
#include <cstddef>

namespace loyalty::service {
namespace {

/// Inside brackets only these decide where a value ends.
constexpr std::array<bool, 256> decides = [] {
  std::array<bool, 256> is = {};
  for (const char c : {'"', '{', '}', '[', ']'}) {
    is[static_cast<unsigned char>(c)] = true;
  }
  return is;
}();

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_{text} {}

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  bool take(char c) {
    skip_space();
    if (at_ < text_.size() && text_[at_] == c) {
      ++at_;
      return true;
    }
    return false;
  }
  bool at_end() {
    skip_space();
    return at_ == text_.size();
  }

  /// With its quotes; empty where there is no complete one.
  std::string_view text() {
    skip_space();
    const std::size_t begin = at_;
    return begin < text_.size() && text_[begin] == '"' && skip_text()
               ? text_.substr(begin, at_ - begin)
               : std::string_view{};
  }

  /// Any value; empty where there is none or it does not end.
  std::string_view value() {
    skip_space();
    const std::size_t begin = at_;
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        if (!skip_text()) {
          return {};
        }
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          break;  // the end of the body's own object, behind a plain value
        }
        --depth;
        ++at_;
      } else if (depth == 0) {
        skip_plain();
      }
      if (depth == 0) {
        break;
      }
      while (at_ < text_.size() && !decides[static_cast<unsigned char>(text_[at_])]) {
        ++at_;
      }
    }
    return depth == 0 ? text_.substr(begin, at_ - begin) : std::string_view{};
  }

 private:
  /// Number, true, false, null, or nonsense without brackets, quotes and commas.
  void skip_plain() {
    while (at_ < text_.size() &&
           std::string_view{"{}[]\",: \t\n\r"}.find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
  }
  bool skip_text() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool find_members(std::string_view body, RawMembers& members) {
  struct Place {
    std::string_view key;
    std::string_view& value;
  };
  const Place places[] = {{"\"cart\"", members.cart},
                          {"\"intent\"", members.intent},
                          {"\"want\"", members.want},
                          {"\"contactId\"", members.contact_id}};
  Scanner scanner{body};
  if (!scanner.take('{')) {
    return false;
  }
  if (scanner.take('}')) {
    return scanner.at_end();
  }
  do {
    const std::string_view key = scanner.text();
    if (key.empty() || !scanner.take(':')) {
      return false;
    }
    const std::string_view value = scanner.value();
    if (value.empty()) {
      return false;
    }
    for (const Place& place : places) {
      if (place.key == key) {
        if (!place.value.empty()) {
          return false;
        }
        place.value = value;
      }
    }
  } while (scanner.take(','));
  return scanner.take('}') && scanner.at_end();
}

}  // namespace loyalty::service
