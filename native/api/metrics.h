#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "native/service/route.h"

namespace loyalty::api {

/// What the server is asked for and how long answers take, row by row of the route table. Counting
/// takes no lock; safe from any thread.
class Metrics {
 public:
  /// `routes` outlives the metrics.
  explicit Metrics(const service::Routes& routes);
  ~Metrics();

  /// Of requests that no row is for.
  static constexpr std::size_t no_route = static_cast<std::size_t>(-1);

  void count(std::size_t route, int status, std::chrono::nanoseconds took);

  std::atomic<std::uint64_t> replays{0};       ///< answers given again for a repeated key
  std::atomic<std::uint64_t> rate_limited{0};  ///< requests refused because there were too many
  std::atomic<std::uint64_t> turned_away{0};   ///< writes refused because too many were waiting
  std::atomic<std::uint64_t> in_flight{0};

  /// Figures of others, at the moment of the answer.
  struct Gauges {
    std::uint64_t batches = 0;
    std::uint64_t works = 0;
    std::uint64_t waiting = 0;
    std::uint64_t connections_open = 0;
    std::uint64_t connections = 0;
    std::uint64_t refused_by_transport = 0;
    std::int64_t scheduler_done = 0;
    std::uint64_t streams_open = 0;
  };

  /// Prometheus text format.
  std::string text(const Gauges& gauges) const;

 private:
  /// Upper bounds in microseconds; one more bucket has the rest.
  static constexpr std::array<std::int64_t, 14> bounds = {
      50,     100,    250,    500,     1'000,   2'500,     5'000,
      10'000, 25'000, 50'000, 100'000, 250'000, 1'000'000, 5'000'000};

  struct Row {
    std::array<std::atomic<std::uint64_t>, 6> by_class{};  ///< statuses 1xx to 5xx
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets{};
    std::atomic<std::uint64_t> microseconds{0};
  };

  void append(std::string& to, const Row& row, std::string_view route) const;

  const service::Routes& routes_;
  std::unique_ptr<Row[]> rows_;  ///< one a route, and the last for no route
};

}  // namespace loyalty::api
