#include "native/api/metrics.h"

#include <algorithm>
#include <fstream>

#include <unistd.h>

namespace loyalty::api {
namespace {

std::uint64_t resident_bytes() {
  std::ifstream file{"/proc/self/statm"};
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  file >> pages >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

/// `1500` microseconds as `0.0015` seconds, exactly.
std::string seconds_text(std::uint64_t microseconds) {
  std::string rest = std::to_string(microseconds % 1'000'000);
  rest.insert(0, 6 - rest.size(), '0');
  while (!rest.empty() && rest.back() == '0') {
    rest.pop_back();
  }
  std::string text = std::to_string(microseconds / 1'000'000);
  return rest.empty() ? text : text + "." + rest;
}

void describe(std::string& to, std::string_view name, std::string_view type,
              std::string_view help) {
  to.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
  to.append(name).append(" ").append(type).append("\n");
}

void single(std::string& to, std::string_view name, std::string_view type, std::string_view help,
            std::uint64_t value) {
  describe(to, name, type, help);
  to.append(name).append(" ").append(std::to_string(value)).append("\n");
}

}  // namespace

Metrics::Metrics(const service::Routes& routes)
    : routes_{routes}, rows_{std::make_unique<Row[]>(routes.size() + 1)} {}

Metrics::~Metrics() = default;

void Metrics::count(std::size_t route, int status, std::chrono::nanoseconds took) {
  Row& row = rows_[std::min(route, routes_.size())];
  const auto status_class = static_cast<std::size_t>(std::clamp(status / 100, 1, 5));
  row.by_class[status_class].fetch_add(1, std::memory_order_relaxed);
  const std::int64_t microseconds =
      std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  const auto bucket = static_cast<std::size_t>(
      std::lower_bound(bounds.begin(), bounds.end(), microseconds) - bounds.begin());
  row.buckets[bucket].fetch_add(1, std::memory_order_relaxed);
  row.microseconds.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds, 0)),
                             std::memory_order_relaxed);
}

void Metrics::append(std::string& to, const Row& row, std::string_view route) const {
  std::uint64_t total = 0;
  const std::string label = "{route=\"" + std::string{route} + "\"";
  std::string lines;
  for (std::size_t i = 0; i < row.buckets.size(); ++i) {
    total += row.buckets[i].load(std::memory_order_relaxed);
    lines.append("loyalty_request_seconds_bucket").append(label).append(",le=\"");
    lines.append(i < bounds.size() ? seconds_text(static_cast<std::uint64_t>(bounds[i])) : "+Inf");
    lines.append("\"} ").append(std::to_string(total)).append("\n");
  }
  if (total == 0) {
    return;
  }
  to += lines;
  to.append("loyalty_request_seconds_sum").append(label).append("} ");
  to.append(seconds_text(row.microseconds.load(std::memory_order_relaxed))).append("\n");
  to.append("loyalty_request_seconds_count").append(label).append("} ");
  to.append(std::to_string(total)).append("\n");
}

std::string Metrics::text(const Gauges& gauges) const {
  const auto name_of = [this](std::size_t i) {
    return i < routes_.size() ? routes_[i].name : std::string_view{"none"};
  };
  std::string to;
  describe(to, "loyalty_requests_total", "counter", "Requests by route and class of status.");
  for (std::size_t i = 0; i <= routes_.size(); ++i) {
    for (std::size_t status = 1; status < rows_[i].by_class.size(); ++status) {
      const std::uint64_t count = rows_[i].by_class[status].load(std::memory_order_relaxed);
      if (count != 0) {
        to.append("loyalty_requests_total{route=\"").append(name_of(i)).append("\",status=\"");
        to.append(std::to_string(status)).append("xx\"} ");
        to.append(std::to_string(count)).append("\n");
      }
    }
  }
  describe(to, "loyalty_request_seconds", "histogram", "Time from request to answer.");
  for (std::size_t i = 0; i <= routes_.size(); ++i) {
    append(to, rows_[i], name_of(i));
  }
  single(to, "loyalty_requests_in_flight", "gauge", "Requests that are not answered yet.",
         in_flight);
  single(to, "loyalty_replays_total", "counter", "Answers given again for a repeated key.",
         replays);
  single(to, "loyalty_rate_limited_total", "counter", "Requests refused as too many.",
         rate_limited);
  single(to, "loyalty_write_batches_total", "counter", "Transactions committed.", gauges.batches);
  single(to, "loyalty_writes_total", "counter", "Writes in them.", gauges.works);
  single(to, "loyalty_write_queue", "gauge", "Writes that wait.", gauges.waiting);
  single(to, "loyalty_writes_turned_away_total", "counter", "Writes refused as too many waited.",
         turned_away);
  single(to, "loyalty_connections_open", "gauge", "Connections.", gauges.connections_open);
  single(to, "loyalty_connections_total", "counter", "Connections since the start.",
         gauges.connections);
  single(to, "loyalty_refused_by_transport_total", "counter",
         "Messages that were malformed, too large or too slow.", gauges.refused_by_transport);
  single(to, "loyalty_scheduled_total", "counter", "Things done because they were due.",
         static_cast<std::uint64_t>(gauges.scheduler_done));
  single(to, "loyalty_streams_open", "gauge", "Callers that listen for events.",
         gauges.streams_open);
  single(to, "process_resident_memory_bytes", "gauge", "Memory in use.", resident_bytes());
  return to;
}

}  // namespace loyalty::api
