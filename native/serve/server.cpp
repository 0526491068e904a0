#include "native/serve/server.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <sys/stat.h>

#include "native/api/dispatcher.h"
#include "native/api/live_events.h"
#include "native/api/openapi.h"
#include "native/api/security_headers.h"
#include "native/http/file_server.h"
#include "native/serve/all_routes.h"
#include "native/serve/clock_routes.h"
#include "native/serve/health.h"
#include "native/serve/log_file.h"
#include "native/serve/scheduler.h"
#include "native/serve/streams.h"
#include "native/serve/whoami.h"
#include "native/service/program/catalogs.h"

namespace loyalty::serve {
namespace {

constexpr std::string_view database_name = "loyalty.db";
constexpr std::string_view keys_name = "dev-keys.json";
constexpr std::string_view built_pages = "web/dist";

std::unique_ptr<store::Store> open_store(const Config& config) {
  // Only the owner: ledgers are about people.
  ::umask(S_IRWXG | S_IRWXO);
  std::error_code error;
  std::filesystem::create_directories(config.data, error);
  if (error) {
    throw std::runtime_error("the folder " + config.data + " cannot be made: " + error.message());
  }
  return store::open_sqlite({.path = (std::filesystem::path{config.data} / database_name).string(),
                             .cache_bytes = std::size_t{config.cache_megabytes} * 1'024 * 1'024,
                             .allow_data_loss = config.allow_data_loss});
}

std::unique_ptr<http::FileServer> open_pages(const Config& config) {
  const std::filesystem::path folder = config.web.value_or(std::string{built_pages});
  if (!std::filesystem::is_directory(folder)) {
    if (config.web && !config.web->empty()) {
      throw std::runtime_error("there is no folder " + *config.web);
    }
    return nullptr;
  }
  return std::make_unique<http::FileServer>(
      http::FileServer::Options{.folder = folder, .headers = api::page_headers()});
}

http::Options http_options(const Config& config, const service::Routes& routes) {
  http::Options options{.address = config.address, .port = config.port, .loops = config.loops};
  for (const service::Route& route : routes) {
    options.body_bytes_max = std::max(options.body_bytes_max, route.body_bytes_max);
  }
  options.trusted_proxies = config.trusted_proxies;
  return options;
}

std::string keys_file(const Config& config) {
  return config.is_local() ? (std::filesystem::path{config.data} / keys_name).string() : "";
}

}  // namespace

/// Members are destroyed from the last to the first; stop() has ended all threads by then.
class Server::Impl {
 public:
  explicit Impl(const Config& config)
      : config_{config},
        log_file_{config.log},
        log_{static_cast<api::Log::Level>(config.log_level),
             [this](std::string_view lines) { log_file_.write(lines); }},
        clock_{config.virtual_clock},
        store_{open_store(config)},
        ids_{service::make_ids()},
        queue_{std::make_unique<store::WriteQueue>(*store_, store::WriteQueue::Options{})},
        routes_{all_routes(clock_.is_virtual())},
        dispatcher_{routes_,
                    api::Services{.store = *store_,
                                  .queue = *queue_,
                                  .catalogs = catalogs_,
                                  .ids = *ids_,
                                  .log = log_,
                                  .now = [this] { return clock_.now(); }},
                    api::Dispatcher::Options{.rates = {.on = config.rate_limits},
                                             .codes = {.on = config.rate_limits},
                                             .base_url = config.public_url}},
        live_{std::make_unique<api::LiveEvents>(
            api::LiveEvents::Parts{.store = *store_,
                                   .catalogs = catalogs_,
                                   .log = log_,
                                   .now = [this] { return clock_.now(); }},
            api::LiveEvents::Options{})},
        pages_{open_pages(config)} {
    first_ = prepare(Ground{*queue_, *ids_, catalogs_, clock_}, dispatcher_.directory(),
                     keys_file(config));
    scheduler_ = std::make_unique<Scheduler>(
        Scheduler::Parts{.store = *store_,
                         .queue = *queue_,
                         .catalogs = catalogs_,
                         .ids = *ids_,
                         .directory = dispatcher_.directory(),
                         .log = log_,
                         .clock = clock_,
                         .works = all_due_works(),
                         .committed = [this](store::TenantId tenant) { live_->written(tenant); }});
    serve_all();
    listen();
  }

  ~Impl() { stop(); }

  std::string url() const {
    const bool six = config_.address.find(':') != std::string::npos;
    return "http://" + (six ? "[" + config_.address + "]" : config_.address) + ":" +
           std::to_string(http_->port());
  }
  const FirstSite& first_site() const { return first_; }

  bool stop() {
    ready_ = false;
    const bool whole = !http_ || http_->stop(std::chrono::seconds{config_.drain_seconds});
    live_->stop();
    if (scheduler_) {
      scheduler_->stop();
    }
    queue_.reset();  // finishes what waits; answers still go out through the exchanges
    http_.reset();
    log_.flush();
    return whole;
  }

 private:
  void serve_all() {
    if (clock_.is_virtual()) {
      serve_clock(dispatcher_, clock_, *scheduler_);
    }
    serve_whoami(dispatcher_, clock_);
    serve_streams(dispatcher_, *live_);
    dispatcher_.on_commit([this](store::TenantId tenant) {
      live_->written(tenant);
      scheduler_->written(tenant);
    });
    serve_health(dispatcher_, {.ready = [this] { return ready_ && store_->healthy(); },
                               .gauges = [this] { return gauges(); }});
    const auto document =
        std::make_shared<const std::string>(wire::text_of(api::openapi_document(routes_)));
    dispatcher_.serve("/openapi.json", [document](const http::Request&) {
      return http::Response{.file = document};
    });
    if (pages_) {
      dispatcher_.serve_rest(
          [this](const http::Request& request) { return pages_->serve(request); });
    }
  }

  void listen() {
    try {
      http_ = std::make_unique<http::Server>(
          http_options(config_, routes_),
          [this](http::Exchange exchange) { dispatcher_.handle(std::move(exchange)); });
    } catch (const std::system_error& error) {
      throw std::runtime_error("cannot listen on " + config_.address + " port " +
                               std::to_string(config_.port) + ": " + error.code().message());
    }
    http_ready_ = http_.get();
    ready_ = true;
  }

  api::Metrics::Gauges gauges() {
    const auto queue = queue_->counters();
    http::Counters sockets;
    if (const http::Server* const server = http_ready_.load()) {
      sockets = server->counters();
    }
    return {.batches = queue.batches,
            .works = queue.works,
            .waiting = queue.waiting,
            .connections_open = sockets.connections_open,
            .connections = sockets.connections,
            .refused_by_transport = sockets.refused,
            .scheduler_done = scheduler_->done(),
            .streams_open = live_->open_streams()};
  }

  const Config config_;
  LogFile log_file_;
  api::Log log_;
  ServerClock clock_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<service::Ids> ids_;
  service::Catalogs catalogs_;
  std::unique_ptr<store::WriteQueue> queue_;
  service::Routes routes_;
  api::Dispatcher dispatcher_;
  std::unique_ptr<api::LiveEvents> live_;
  std::unique_ptr<http::FileServer> pages_;
  FirstSite first_;
  std::atomic<bool> ready_{false};
  std::unique_ptr<Scheduler> scheduler_;
  std::unique_ptr<http::Server> http_;
  std::atomic<const http::Server*> http_ready_{nullptr};
};

Server::Server(const Config& config) : impl_{std::make_unique<Impl>(config)} {}
Server::~Server() = default;
std::string Server::url() const { return impl_->url(); }
const FirstSite& Server::first_site() const { return impl_->first_site(); }
bool Server::stop() { return impl_->stop(); }

}  // namespace loyalty::serve
