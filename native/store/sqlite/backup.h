#pragma once

#include <string>

namespace loyalty::store::sqlite {

class Connection;

/// Copies what `source` sees into a new file, which appears under its name only when it is whole
/// and durable. Throws Unavailable, also where the file exists.
void back_up(Connection& source, const std::string& path);

}  // namespace loyalty::store::sqlite
