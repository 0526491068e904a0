#include "native/store/sqlite/session.h"

namespace loyalty::store::sqlite {

void SqliteSession::attempt(const std::function<void()>& work) {
  // Savepoints of one name nest: the innermost is meant.
  connection_.execute("SAVEPOINT attempt");
  try {
    work();
  } catch (...) {
    // After some failures SQLite has undone everything already.
    if (connection_.in_transaction()) {
      connection_.execute("ROLLBACK TO attempt");
      connection_.execute("RELEASE attempt");
    }
    throw;
  }
  connection_.execute("RELEASE attempt");
}

}  // namespace loyalty::store::sqlite
