#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "native/store/records.h"

/// The hash chain of an account: each entry's hash covers all of the entry and the hash before it,
/// so that nothing in the middle can be changed without everything after it (L7).
namespace loyalty::store {

using Hash = std::array<unsigned char, 32>;

Hash sha256(std::string_view bytes);

/// What is hashed of an entry: everything but the hash, as JSON with sorted keys and no spaces.
std::string canonical(const EntryRow& row);

/// SHA-256 of `previous` and canonical(row). Before the first entry of an account stand 32 zeros.
Hash hash(const Hash& previous, const EntryRow& row);

/// The index of the first row that does not continue the chain; nothing where all do. The rows
/// follow one another, the first of them the entry whose hash is `previous`.
std::optional<std::size_t> verify_chain(std::span<const EntryRow> rows, const Hash& previous = {});

}  // namespace loyalty::store
