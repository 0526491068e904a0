#include "native/store/sqlite/backup.h"

#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "native/store/session.h"
#include "native/store/sqlite/connection.h"

namespace loyalty::store::sqlite {
namespace {

void copy(Connection& source, Connection& target) {
  sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
  if (backup == nullptr) {
    target.fail(sqlite3_errcode(target.handle()));
  }
  // All at once, from one snapshot: in slices it would begin again with every commit between them.
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
    throw Unavailable{std::string{"the copy failed: "} +
                      sqlite3_errstr(stepped != SQLITE_DONE ? stepped : finished)};
  }
}

/// A name is durable when its folder is.
void sync_folder(const std::filesystem::path& folder) {
  const int file = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = file >= 0 && fsync(file) == 0;
  if (file >= 0) {
    close(file);
  }
  if (!done) {
    throw Unavailable{"cannot write the folder of the copy"};
  }
}

}  // namespace

void back_up(Connection& source, const std::string& path) {
  namespace fs = std::filesystem;
  if (fs::exists(path)) {
    throw Unavailable{path + " exists already"};
  }
  const std::string part = path + ".part";
  try {
    fs::remove(part);
    {
      Connection target{part, Connection::Role::writer};
      copy(source, target);
    }
    fs::rename(part, path);
    sync_folder(fs::path{path}.parent_path());
  } catch (const fs::filesystem_error& error) {
    throw Unavailable{error.what()};
  }
}

}  // namespace loyalty::store::sqlite
