#pragma once

#include <functional>

#include "native/api/dispatcher.h"

namespace loyalty::serve {

struct Health {
  std::function<bool()> ready;
  std::function<api::Metrics::Gauges()> gauges;
};

/// /healthz: the process answers. /readyz: it can do its work and is not about to stop. /metrics:
/// figures for Prometheus, to programs on this machine only.
void serve_health(api::Dispatcher& dispatcher, Health health);

}  // namespace loyalty::serve
