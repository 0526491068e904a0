#include "native/replay/progress.h"

#include <chrono>
#include <string>

namespace loyalty::cli {
namespace {
constexpr std::size_t bar_columns = 40;
constexpr std::chrono::milliseconds redraw_every{80};
}  // namespace

Progress::Progress(Session& session, const std::atomic<std::size_t>& done, std::size_t all)
    : session_{session}, done_{done}, all_{all} {
  if (!session_.err_is_terminal || all_ == 0) {
    return;
  }
  thread_ = std::thread{[this] {
    while (!finished_) {
      draw();
      std::this_thread::sleep_for(redraw_every);
    }
  }};
}

Progress::~Progress() {
  if (thread_.joinable()) {
    finished_ = true;
    thread_.join();
    session_.err << "\r\x1b[K";
    session_.err.flush();
  }
}

void Progress::draw() {
  const std::size_t done = done_;
  const std::size_t filled = done * bar_columns / all_;
  std::string bar;
  for (std::size_t i = 0; i < bar_columns; ++i) {
    bar += i < filled ? "█" : "░";
  }
  session_.err << "\r" << session_.err_style()(Role::figure, bar) << " "
               << std::to_string(done * 100 / all_) << " %";
  session_.err.flush();
}

}  // namespace loyalty::cli
