#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/json/decoder.h"

namespace loyalty {

/// The field names of one kind of object, in the order of the documents' contract, and a perfect
/// enough hash over them, both made at compile time.
template <std::size_t count>
struct FieldNames {
  static_assert(count > 0 && count <= 64);
  static constexpr std::size_t slots = count <= 8 ? 32 : count <= 16 ? 64 : 256;
  static constexpr std::uint8_t none = 0xFF;
  static constexpr std::size_t size = count;

  std::string_view names[count] = {};
  std::uint8_t slot[slots] = {};

  template <class... Text>
  requires(sizeof...(Text) == count) explicit constexpr FieldNames(const Text&... text)
      : names{std::string_view(text)...} {
    fill_slots();
  }

  /// The `name` of each row of a table.
  template <class Row>
  static constexpr FieldNames of(const Row (&rows)[count]) {
    FieldNames fields;
    for (std::size_t i = 0; i < count; ++i) {
      fields.names[i] = rows[i].name;
    }
    fields.fill_slots();
    return fields;
  }

  static constexpr std::size_t hash(std::string_view name) {
    const auto front = static_cast<unsigned char>(name.front());
    const auto back = static_cast<unsigned char>(name.back());
    return (name.size() * 11 + front * std::size_t{5} + back * std::size_t{3}) % slots;
  }

  /// The index of a name, or count.
  constexpr std::size_t find(std::string_view name) const {
    if (name.empty()) {
      return count;
    }
    for (std::size_t at = hash(name); slot[at] != none; at = (at + 1) % slots) {
      if (names[slot[at]] == name) {
        return slot[at];
      }
    }
    return count;
  }

 private:
  constexpr FieldNames() = default;

  constexpr void fill_slots() {
    for (std::uint8_t& s : slot) {
      s = none;
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t at = hash(names[i]);
      while (slot[at] != none) {
        at = (at + 1) % slots;
      }
      slot[at] = static_cast<std::uint8_t>(i);
    }
  }
};
template <class... Text>
FieldNames(const Text&...) -> FieldNames<sizeof...(Text)>;

/// A field name that is looked up by the compiler.
template <std::size_t size>
struct FieldName {
  char text[size]{};
  constexpr FieldName(const char (&literal)[size]) {  // NOLINT(google-explicit-constructor)
    for (std::size_t i = 0; i < size; ++i) {
      text[i] = literal[i];
    }
  }
  constexpr std::string_view view() const { return {text, size - 1}; }
};

/// The fields of one object, sorted into the slots of its kind: `fields.at<"unitPrice">()`. A name
/// that the kind does not have is a compile error.
template <const auto& kind>
class Fields {
 public:
  /// What is no object is WRONG_TYPE, and then has no fields; is_object() tells.
  Fields(Decoder& decoder, Tape::Position object, Unknown unknown) : object_{object} {
    is_object_ = decoder.is_object(object);
    if (!is_object_) {
      return;
    }
    const Tape& tape = decoder.tape();
    const Tape::Position end = tape.next(object);
    Tape::Position unknown_key = 0;
    for (Tape::Position key = object + 1; key != end; key = tape.next(key + 1)) {
      const std::size_t index = kind.find(tape.text(key));
      if (index != kind.size) [[likely]] {
        values_[index] = key + 1;
      } else if (unknown_key == 0 || tape.text(key) < tape.text(unknown_key)) {
        unknown_key = key;  // the least of them, so that the order of keys does not show
      }
    }
    if (unknown_key != 0 && unknown == Unknown::refused) {
      decoder.fail(ErrorCode::unknown_field, unknown_key);
    }
  }

  bool is_object() const { return is_object_; }

  template <FieldName name>
  Field at() const {
    constexpr std::size_t index = kind.find(name.view());
    static_assert(index != kind.size, "no such field");
    return {values_[index], object_, kind.names[index]};
  }
  template <FieldName name>
  bool has() const {
    return static_cast<bool>(at<name>());
  }
  /// The field at a place in the order of the contract.
  Field at_index(std::size_t index) const { return {values_[index], object_, kind.names[index]}; }

 private:
  Tape::Position object_;
  bool is_object_ = false;
  Tape::Position values_[kind.size] = {};
};

}  // namespace loyalty
