#pragma once

#include <atomic>
#include <cstddef>
#include <thread>

#include "native/cli/session.h"

namespace loyalty::cli {

/// A bar on standard error that follows a count while work goes on, and is gone afterwards. Draws
/// only on a terminal.
class Progress {
 public:
  Progress(Session& session, const std::atomic<std::size_t>& done, std::size_t all);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void draw();

  Session& session_;
  const std::atomic<std::size_t>& done_;
  std::size_t all_;
  std::atomic<bool> finished_{false};
  std::thread thread_;
};

}  // namespace loyalty::cli
