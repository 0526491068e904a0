#include "core/json/shape.h"

#include <cstring>

namespace loyalty {
namespace {

/// The place of a name in a shape, or its count.
std::size_t find(const Shape& shape, std::string_view name) {
  if constexpr (preview_only) {
    return JoinedTexts{shape.names, shape.count}.find(name);
  }
  if (name.empty()) {
    return shape.count;
  }
  for (std::size_t at = shapes::hash(name) & shape.slot_mask; shape.slots[at] != shapes::no_place;
       at = (at + 1) & shape.slot_mask) {
    if (name_of(shape.fields[shape.slots[at]]) == name) {
      return shape.slots[at];
    }
  }
  return shape.count;
}

/// Sorts the members of an object into their places.
void sort_members(Decoder& decoder, Members& in) {
  const Tape& tape = decoder.tape();
  const Shape& shape = in.shape;
  for (std::size_t place = 0; place < shape.count; ++place) {
    in.values[place] = 0;
  }
  const Tape::Position end = tape.next(in.object);
  Tape::Position unknown_key = 0;
  for (Tape::Position key = in.object + 1; key != end; key = tape.next(key + 1)) {
    const std::size_t place = find(shape, tape.text(key));
    if (place != shape.count) [[likely]] {
      in.values[place] = key + 1;
    } else if (unknown_key == 0 || tape.text(key) < tape.text(unknown_key)) {
      unknown_key = key;  // the least of them, so that the order of keys does not show
    }
  }
  if (unknown_key != 0 && in.unknown == Unknown::refused) {
    decoder.fail(ErrorCode::unknown_field, unknown_key);
  }
}

void check_ids(Decoder& decoder, const Field& field, const ListShape& list, const char* entries,
               std::size_t count) {
  if (count < 2) {
    return;
  }
  TextSet& texts = decoder.texts();
  texts.begin(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view id = list.id_of(entries + i * list.entry_size);
    // An id that could not be read is empty, and has its error already.
    if (!id.empty() && !texts.insert(id)) [[unlikely]] {
      decoder.fail_entry(ErrorCode::duplicate_id, field, i, "id");
    }
  }
}

void read_list(Decoder& decoder, const FieldRow& row, const Field& field, void* member,
               Unknown unknown) {
  const ListShape& list = *row.list;
  if (field && decoder.is_list(field.value, {row.range->max, row.range->min == 0})) {
    const Tape& tape = decoder.tape();
    const std::size_t count = tape.count(field.value);
    char* const entries = decoder.arena().room(count * list.entry_size);
    Tape::Position at = field.value + 1;
    char* entry = entries;
    for (std::size_t i = 0; i < count; ++i, entry += list.entry_size, at = tape.next(at)) {
      if (list.entries != nullptr) {
        std::memcpy(entry, list.entries->blank, list.entry_size);
        read_object(decoder, *list.entries, at, entry, unknown, i);
      } else {
        const std::string_view text = decoder.text(at, id_text);
        list.store_text(entry, static_cast<std::int64_t>(text.size()), text.data());
      }
    }
    row.store(member, static_cast<std::int64_t>(count), entries);
    if (list.id_of != nullptr) {
      check_ids(decoder, field, list, entries, count);
    }
  }
  if (list.check != nullptr) {
    list.check(decoder, field, member);
  }
}

}  // namespace

void read_by(Decoder& decoder, const FieldRow& row, const Field& field, void* to, Unknown unknown) {
  void* const member = static_cast<char*>(to) + row.offset;
  if (!field) {
    if (row.needed) {
      decoder.fail(ErrorCode::missing_field, field.object, field.name);
    }
    if (row.reads != Reads::list) {
      return;
    }
  }
  switch (row.reads) {
    case Reads::boolean: {
      bool value = false;
      if (decoder.read(field, value)) {
        row.store(member, value ? 1 : 0, nullptr);
      }
      return;
    }
    case Reads::integer:
      row.store(member, decoder.integer(field.value, *row.range), nullptr);
      return;
    case Reads::revision: {
      std::int64_t value = 0;
      if (decoder.read_revision(field, value)) {
        row.store(member, value, nullptr);
      }
      return;
    }
    case Reads::text: {
      const std::string_view text = decoder.text(field.value, {row.range->min, row.range->max});
      row.store(member, static_cast<std::int64_t>(text.size()), text.data());
      return;
    }
    case Reads::name: {
      const int index = decoder.name_index(field.value, *row.known);
      if (index >= 0) {
        row.store(member, index, nullptr);
      }
      return;
    }
    case Reads::instant: {
      Instant instant;
      if (decoder.read(field, instant)) {
        row.store(member, instant.ms(), nullptr);
      }
      return;
    }
    case Reads::currency: {
      Currency currency;
      if (decoder.read(field, currency)) {
        row.store(member, 0, &currency);
      }
      return;
    }
    case Reads::object:
      read_object(decoder, *row.shape, field.value, row.store(member, 0, nullptr), unknown);
      return;
    case Reads::list:
      read_list(decoder, row, field, member, unknown);
      return;
    case Reads::special:
    case Reads::apart:
      return;
  }
}

bool find_members(Decoder& decoder, Members& in) {
  if (!decoder.is_object(in.object)) {
    return false;
  }
  sort_members(decoder, in);
  return true;
}

bool read_object(Decoder& decoder, const Shape& shape, Tape::Position at, void* to, Unknown unknown,
                 std::size_t index) {
  Members in{shape, at, unknown, index};
  if (!find_members(decoder, in)) {
    return false;
  }
  for (std::size_t place = 0; place < shape.count; ++place) {
    const FieldRow& row = shape.fields[place];
    if (row.reads == Reads::special) {
      row.special(decoder, in, in.at(place), to);
    } else if (in.has(place) || row.needed || row.reads == Reads::list) {
      read_by(decoder, row, in.at(place), to, unknown);
    }
  }
  if (shape.finish != nullptr) {
    shape.finish(decoder, in, to);
  }
  return true;
}

}  // namespace loyalty
