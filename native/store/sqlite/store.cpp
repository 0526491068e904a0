#include "native/store/store.h"

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "native/store/sqlite/backup.h"
#include "native/store/sqlite/connection.h"
#include "native/store/sqlite/lock_file.h"
#include "native/store/sqlite/migrations.h"
#include "native/store/sqlite/session.h"
#include "native/store/sqlite/settings.h"

namespace loyalty::store {
namespace sqlite {
namespace {

/// Readers are several, and mostly read what was just written.
constexpr std::size_t reader_share = 4;

void roll_back(Connection& connection) {
  if (connection.in_transaction()) {
    connection.execute("ROLLBACK");
  }
}

/// Connections for reading that nobody uses at the moment.
class Readers {
 public:
  Readers(std::string path, Settings settings) : path_{std::move(path)}, settings_{settings} {}

  std::unique_ptr<Connection> take() {
    {
      const std::lock_guard lock{mutex_};
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return open();
  }

  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock{mutex_};
    idle_.push_back(std::move(connection));
  }

  std::unique_ptr<Connection> open() const {
    auto connection = std::make_unique<Connection>(path_, Connection::Role::reader);
    set_up_reader(*connection, settings_);
    return connection;
  }

 private:
  const std::string path_;
  const Settings settings_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(const SqliteOptions& options)
      : lock_{options.path + ".lock"},
        writer_{options.path, Connection::Role::writer},
        readers_{options.path, {options.cache_bytes / reader_share, options.allow_data_loss}} {
    set_up_writer(writer_, {options.cache_bytes, options.allow_data_loss});
    require_durable(writer_, options.allow_data_loss);
    if (options.check_on_open) {
      require_sound(writer_);
    }
    migrate(writer_, all_migrations());
  }

  void read(TenantId tenant, const std::function<void(Session&)>& run) override {
    std::unique_ptr<Connection> connection = readers_.take();
    connection->execute("BEGIN");
    try {
      SqliteSession session{*connection, tenant};
      run(session);
    } catch (...) {
      finish_reading(std::move(connection));
      throw;
    }
    finish_reading(std::move(connection));
  }

  void write(std::span<Work> batch) override {
    const std::lock_guard lock{writing_};
    write_failed_ = true;
    roll_back(writer_);
    writer_.forgive();
    run_works(batch);
    try {
      writer_.execute("COMMIT");
    } catch (const std::exception& error) {
      // It may be in the log all the same, and come back after a crash.
      roll_back(writer_);
      throw Unavailable{std::string{"the outcome of a commit is unknown: "} + error.what()};
    }
    write_failed_ = false;
  }

  bool healthy() override {
    try {
      read(system_tenant, [](Session& session) { static_cast<void>(session.next_due()); });
      // Only a write can tell whether writes work again; a writer that is busy will tell itself.
      const std::unique_lock lock{writing_, std::try_to_lock};
      if (write_failed_ && lock.owns_lock()) {
        probe();
      }
      return !write_failed_;
    } catch (const std::exception&) {
      return false;
    }
  }

  void back_up(const std::string& path) override {
    const auto source = readers_.open();
    sqlite::back_up(*source, path);
  }

 private:
  void run_works(std::span<Work> batch) {
    try {
      writer_.execute("BEGIN IMMEDIATE");
      for (Work& work : batch) {
        run(work);
      }
    } catch (const std::exception& error) {
      roll_back(writer_);
      throw Undone{error.what()};
    }
  }

  /// Throws where the whole batch is lost.
  void run(Work& work) {
    work.failure = nullptr;
    writer_.execute("SAVEPOINT work");
    try {
      SqliteSession session{writer_, work.tenant};
      work.run(session);
    } catch (...) {
      work.failure = std::current_exception();
    }
    if (writer_.has_failed() || !writer_.in_transaction()) {
      if (work.failure != nullptr) {
        std::rethrow_exception(work.failure);
      }
      throw Unavailable{"a statement failed"};
    }
    if (work.failure != nullptr) {
      writer_.execute("ROLLBACK TO work");
    }
    writer_.execute("RELEASE work");
  }

  void finish_reading(std::unique_ptr<Connection> connection) {
    try {
      roll_back(*connection);
      readers_.give_back(std::move(connection));
    } catch (const std::exception&) {
      // Closed instead: the next reader gets a new one.
    }
  }

  void probe() {
    roll_back(writer_);
    writer_.forgive();
    writer_.execute(
        "INSERT INTO probe (tenant, times) VALUES (0, 1)"
        " ON CONFLICT DO UPDATE SET times = times + 1");
    write_failed_ = false;
  }

  const LockFile lock_;
  std::mutex writing_;
  std::atomic<bool> write_failed_ = false;
  Connection writer_;  ///< closed after the readers, so that it is the one that empties the log
  Readers readers_;
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<Store> open_sqlite(const SqliteOptions& options) {
  const std::filesystem::path folder = std::filesystem::path{options.path}.parent_path();
  std::error_code failed;
  if (!folder.empty() && !std::filesystem::create_directories(folder, failed) && failed) {
    throw Unavailable{"cannot make the folder " + folder.string() + ": " + failed.message()};
  }
  return std::make_unique<sqlite::SqliteStore>(options);
}

}  // namespace loyalty::store
