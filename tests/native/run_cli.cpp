#include "tests/native/run_cli.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "native/cli/run.h"

namespace loyalty::cli::testing {

Ran run_cli(std::initializer_list<std::string_view> words, std::string_view standard_input) {
  std::FILE* const file = std::tmpfile();
  std::fwrite(standard_input.data(), 1, standard_input.size(), file);
  std::fflush(file);
  ::lseek(::fileno(file), 0, SEEK_SET);
  Ran result;
  {
    Output out{result.out};
    Output err{result.err};
    Session session{.standard_input = ::fileno(file),
                    .out = out,
                    .err = err,
                    .now = *parse_instant("2025-11-20T00:00:00Z")};
    const std::vector<std::string_view> list{words};
    result.exit = static_cast<int>(run(list, session));
  }
  std::fclose(file);
  return result;
}

std::string file_text(std::string_view path) {
  std::ifstream file{std::string{path}, std::ios::binary};
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string temporary_file(std::string_view text) {
  std::string path = ::testing::TempDir() + "loyalty-XXXXXX";
  const int descriptor = ::mkstemp(path.data());
  EXPECT_GE(descriptor, 0);
  EXPECT_EQ(::write(descriptor, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  ::close(descriptor);
  return path;
}

std::size_t count_lines(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace loyalty::cli::testing
