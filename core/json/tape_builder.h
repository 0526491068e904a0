#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/json/tape.h"

namespace loyalty {

/// What the readers have in common whatever form a document comes in: arrays and objects up to the
/// deepest level, keys that stand once, and the defect that is reported.
class TapeBuilder {
 public:
  static Error too_large(std::size_t bytes_max);

 protected:
  /// Where reading stands when something is wrong: decides which value the path leads to.
  enum class Place { value, key, between };

  /// An array or object that is not complete yet.
  struct Frame {
    Tape::Position token;
    std::uint32_t count;
    std::uint64_t key_bits;  ///< which hashes of keys have been seen
  };

  /// `keys` is memory for finding duplicates in large objects.
  TapeBuilder(Tape& tape, Buffer<Tape::Position>& keys) : tape_{tape}, keys_{keys} {}

  ErrorCode code() const { return error_.code; }

  std::optional<Error> take_error() {
    if (error_.code == ErrorCode::none) {
      return std::nullopt;
    }
    return std::move(error_);
  }

  bool at_limit() const { return depth_ == limits::nesting_max; }

  /// Requires: !at_limit().
  Frame* open_container(TokenType type) {
    Frame& inner = frames_[depth_++];
    inner = {tape_.open(type), 0, 0};
    return &inner;
  }

  /// The frame around the one that is complete, or null.
  Frame* close_container(Frame* frame) {
    if (frame->count > few_keys && tape_.type(frame->token) == TokenType::object) {
      check_many_keys(frame->token, frame->count);
    }
    tape_.close(frame->token, frame->count);
    --depth_;
    return depth_ == 0 ? nullptr : frame - 1;
  }

  // What lies below the deepest level is read to its end, since a worse defect may follow, but
  // stays off the tape. How much of it is open is the reader's to say.
  bool too_deep() const { return deep_levels_ != 0; }
  void start_too_deep() {
    deep_at_ = tape_.size();
    record(ErrorCode::too_deep, Place::value);
  }

  // Most objects have few keys that differ in length or ends: one bit for each hash of a key tells
  // that it is new without looking at the others. Objects with many keys are sorted when they end.
  void check_key(Frame& frame) {
    const Tape::Position at = tape_.size() - 1;
    const std::string_view key = tape_.text(at);
    const std::uint64_t bit = std::uint64_t{1} << key_hash(key);
    if ((frame.key_bits & bit) != 0 && frame.count <= few_keys) {
      compare_keys(frame, at, key);
    }
    frame.key_bits |= bit;
  }

  void broken(std::size_t byte, Place place);
  void record(ErrorCode code, Place place, std::string_view key = {});

  Tape& tape_;
  std::size_t deep_levels_ = 0;  ///< what is open below the deepest level, in the reader's units
  Tape::Position deep_at_ = 0;

 private:
  static constexpr std::uint32_t few_keys = 32;

  static unsigned key_hash(std::string_view key) {
    if (key.empty()) {
      return 0;
    }
    const auto front = static_cast<unsigned char>(key.front());
    const auto back = static_cast<unsigned char>(key.back());
    return (static_cast<unsigned>(key.size()) * 11 + front * 5U + back) & 63;
  }

  void compare_keys(const Frame& frame, Tape::Position at, std::string_view key);
  void check_many_keys(Tape::Position object, std::uint32_t count);
  std::string path_to(Place place) const;

  Buffer<Tape::Position>& keys_;
  Frame frames_[limits::nesting_max];
  std::size_t depth_ = 0;
  Error error_;
};

}  // namespace loyalty
