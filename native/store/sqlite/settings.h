#pragma once

#include <cstddef>

namespace loyalty::store::sqlite {

class Connection;

/// How the connections of a store work.
struct Settings {
  std::size_t cache_bytes = 0;
  bool allow_data_loss = false;
};

void set_up_writer(Connection& connection, const Settings& settings);
void set_up_reader(Connection& connection, const Settings& settings);

/// Reads back what the engine really does. Throws Unavailable where a power cut could lose what was
/// acknowledged, unless that is allowed.
void require_durable(Connection& connection, bool allow_data_loss);

/// Throws Corrupt where the file's pages do not fit together.
void require_sound(Connection& connection);

}  // namespace loyalty::store::sqlite
