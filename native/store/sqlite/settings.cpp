#include "native/store/sqlite/settings.h"

#include <string>

#include <sqlite3.h>

#include "native/store/session.h"
#include "native/store/sqlite/connection.h"

namespace loyalty::store::sqlite {
namespace {

// A larger log means fewer pages written twice, and a longer pause when its time has come.
constexpr int checkpoint_pages = 4'000;
constexpr int log_bytes_kept = 64 * 1024 * 1024;

void set(Connection& connection, const std::string& name, const std::string& value) {
  static_cast<void>(connection.pragma(name + " = " + value));
}

void set_up(Connection& connection, std::size_t cache_bytes) {
  set(connection, "cache_size", "-" + std::to_string(cache_bytes / 1024));
  set(connection, "temp_store", "MEMORY");
  set(connection, "cell_size_check", "ON");
}

}  // namespace

void set_up_writer(Connection& connection, const Settings& settings) {
  set_up(connection, settings.cache_bytes);
  set(connection, "journal_mode", "WAL");
  set(connection, "synchronous", settings.allow_data_loss ? "NORMAL" : "FULL");
  set(connection, "wal_autocheckpoint", std::to_string(checkpoint_pages));
  set(connection, "journal_size_limit", std::to_string(log_bytes_kept));
  set(connection, "foreign_keys", "ON");
  // Otherwise a REPLACE would remove rows without the triggers that forbid it.
  set(connection, "recursive_triggers", "ON");
  set(connection, "secure_delete", "FAST");
}

void set_up_reader(Connection& connection, const Settings& settings) {
  set_up(connection, settings.cache_bytes);
  set(connection, "query_only", "ON");
  // The writer is the only one that moves the log into the file.
  set(connection, "wal_autocheckpoint", "0");
  const int code =
      sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  if (code != SQLITE_OK) {
    connection.fail(code);
  }
}

void require_durable(Connection& connection, bool allow_data_loss) {
  const std::string journal = connection.pragma("journal_mode");
  if (journal != "wal") {
    throw Unavailable{"the store needs a write-ahead log, the engine gives journal_mode=" +
                      journal};
  }
  const std::string synchronous = connection.pragma("synchronous");
  const bool full = synchronous == "2" || synchronous == "3";
  if (!full && !allow_data_loss) {
    throw Unavailable{"synchronous=" + synchronous +
                      " loses acknowledged work in a power cut; it must be FULL"};
  }
}

void require_sound(Connection& connection) {
  const std::string finding = connection.pragma("quick_check(1)");
  if (finding != "ok") {
    throw Corrupt{"the file of the store is damaged: " + finding};
  }
}

}  // namespace loyalty::store::sqlite
