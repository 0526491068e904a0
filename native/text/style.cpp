#include "native/text/style.h"

namespace loyalty::cli {

std::string Style::operator()(Role role, std::string_view text) const {
  if (!coloured_ || role == Role::plain || text.empty()) {
    return std::string{text};
  }
  constexpr std::string_view codes[] = {"", "1", "2", "32", "31", "33", "1;36"};
  std::string out = "\x1b[";
  out += codes[static_cast<int>(role)];
  out += 'm';
  out += text;
  out += "\x1b[0m";
  return out;
}

}  // namespace loyalty::cli
