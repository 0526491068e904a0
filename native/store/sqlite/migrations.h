#pragma once

#include <span>
#include <string_view>

/// The schema and how it came to be. Each step is a numbered file of SQL, built into the program
/// and never edited after a release.
namespace loyalty::store::sqlite {

class Connection;

struct Migration {
  int number = 0;
  std::string_view name;
  std::string_view sql;
};

/// All known ones, from 1 without gaps.
std::span<const Migration> all_migrations();

/// Brings the schema up to date, each step in a transaction of its own; nothing to do is nothing
/// done. Throws Corrupt for files of other programs and for steps that were something else when
/// they were applied, Unavailable for files of newer programs.
void migrate(Connection& connection, std::span<const Migration> migrations);

}  // namespace loyalty::store::sqlite
