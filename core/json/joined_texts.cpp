#include "core/json/joined_texts.h"

namespace loyalty {

std::size_t JoinedTexts::find(std::string_view text) const {
  const char* entry = first;
  std::size_t place = 0;
  for (; place < count; ++place) {
    const std::string_view known{entry};
    if (known == text) {
      break;
    }
    entry += known.size() + 1;
  }
  return place;
}

}  // namespace loyalty
