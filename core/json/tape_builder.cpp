#include "core/json/tape_builder.h"

#include <algorithm>

#include "core/base/build.h"
#include "core/json/text_set.h"

namespace loyalty {

void TapeBuilder::compare_keys(const Frame& frame, Tape::Position at, std::string_view key) {
  for (Tape::Position k = frame.token + 1; k != at; k = tape_.next(k + 1)) {
    if (tape_.text(k) == key && !tape_[k].damaged && !tape_[at].damaged) {
      record(ErrorCode::duplicate_key, Place::key, key);
      return;
    }
  }
}

void TapeBuilder::check_many_keys(Tape::Position object, std::uint32_t count) {
  if constexpr (preview_only) {  // it has the code already, and no other's documents to be slow for
    TextSet seen;
    seen.begin(count);
    Tape::Position key = object + 1;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!tape_[key].damaged && !seen.insert(tape_.text(key))) {
        record(ErrorCode::duplicate_key, Place::key);
      }
      key = tape_.next(key + 1);
    }
    return;
  }
  keys_.clear();
  Tape::Position key = object + 1;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!tape_[key].damaged) {
      keys_.push_back(key);
    }
    key = tape_.next(key + 1);
  }
  const auto before = [this](Tape::Position a, Tape::Position b) {
    const int order = tape_.text(a).compare(tape_.text(b));
    return order != 0 ? order < 0 : a < b;
  };
  // By a heap: little code, and never slow whatever the keys are.
  std::make_heap(keys_.begin(), keys_.end(), before);
  std::sort_heap(keys_.begin(), keys_.end(), before);
  Tape::Position first = 0;
  for (std::size_t i = 1; i < keys_.size(); ++i) {
    if (tape_.text(keys_[i - 1]) == tape_.text(keys_[i]) && (first == 0 || keys_[i] < first)) {
      first = keys_[i];
    }
  }
  if (first != 0) {
    record(ErrorCode::duplicate_key, Place::key, tape_.text(first));
  }
}

void TapeBuilder::broken(std::size_t byte, Place place) {
  record(ErrorCode::invalid_json, place);
  if constexpr (preview_only) {
    return;
  }
  error_.message += " It breaks at byte ";
  error_.message += std::to_string(byte);
  error_.message += '.';
}

void TapeBuilder::record(ErrorCode code, Place place, std::string_view key) {
  if (error_.code != ErrorCode::none && error_.code <= code) {
    return;
  }
  error_.code = code;
  if constexpr (preview_only) {  // nobody asks for more
    return;
  }
  error_.path = path_to(place);
  if (code == ErrorCode::duplicate_key) {
    append_pointer_step(error_.path, key);
  }
  error_.message = sentence_of(code);
}

// The path as the open containers tell it: those that are not closed have no size on the tape yet.
std::string TapeBuilder::path_to(Place place) const {
  std::string path;
  for (std::size_t i = 0; i < depth_; ++i) {
    const bool is_last = i + 1 == depth_;
    if (is_last && place != Place::value && !too_deep()) {
      break;
    }
    const Tape::Position child = !is_last     ? frames_[i + 1].token
                                 : too_deep() ? deep_at_
                                              : tape_.size();
    if (tape_.type(frames_[i].token) == TokenType::array) {
      append_pointer_step(path, frames_[i].count);
    } else if (tape_[child - 1].damaged) {
      break;
    } else {
      append_pointer_step(path, tape_.text(child - 1));
    }
  }
  return path;
}

Error TapeBuilder::too_large(std::size_t bytes_max) {
  Error error{ErrorCode::too_large, "", std::string(sentence_of(ErrorCode::too_large))};
  error.message += " At most " + std::to_string(bytes_max) + " bytes.";
  return error;
}

}  // namespace loyalty
