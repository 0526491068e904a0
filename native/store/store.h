#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "native/store/session.h"

namespace loyalty::store {

/// One call's share of a transaction.
struct Work {
  TenantId tenant = system_tenant;
  std::function<void(Session&)> run;
  std::exception_ptr failure =
      nullptr;  ///< what run threw; its writes were undone, the others' stay
};

/// Where the server keeps everything. The conformance suite says what every store must do.
class Store {
 public:
  virtual ~Store() = default;

  /// Runs on the calling thread, in one snapshot. Many at a time. Throws what `run` throws.
  virtual void read(TenantId tenant, const std::function<void(Session&)>& run) = 0;

  /// Runs all works in one transaction, in order, each in a savepoint of its own, and returns when
  /// all is durable. Where the commit itself fails nothing is changed, or it is unknown: throws
  /// Unavailable, or Undone where it is certain. One caller at a time.
  ///
  /// A work that has run may have to run again, when what it did was undone with its batch.
  virtual void write(std::span<Work> batch) = 0;

  /// Whether it can be read and written now.
  virtual bool healthy() = 0;

  /// Copies everything, consistently, while work goes on.
  virtual void back_up(const std::string& path) = 0;
};

/// Opens or creates a SQLite store in a directory: applies migrations, refuses newer schemas, a
/// second process on the same file, files of other programs, and settings that would lose
/// acknowledged work. What that takes does not grow with the store.
struct SqliteOptions {
  std::string path;  ///< of the database file
  std::size_t cache_bytes = 64u * 1024 * 1024;
  bool allow_data_loss = false;  ///< synchronous=NORMAL, for measurements only
  /// Reads the whole file to see that its pages fit together: seconds a million accounts. A page
  /// that is damaged is otherwise found by whoever reads it, and by an audit.
  bool check_on_open = false;
};
std::unique_ptr<Store> open_sqlite(const SqliteOptions& options);

}  // namespace loyalty::store
