#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "native/api/auth.h"
#include "native/api/cors.h"
#include "native/api/directory.h"
#include "native/api/log.h"
#include "native/api/metrics.h"
#include "native/api/rate_limits.h"
#include "native/api/router.h"
#include "native/api/ticket.h"
#include "native/http/server.h"
#include "native/service/route.h"
#include "native/store/store.h"
#include "native/store/write_queue.h"

namespace loyalty::api {

/// What the dispatcher works with; all of it outlives the dispatcher.
struct Services {
  store::Store& store;
  store::WriteQueue& queue;
  service::Catalogs& catalogs;
  service::Ids& ids;
  Log& log;
  std::function<Instant()> now;
};

/// From a request to its answer: route, caller, permission, rate, message, operation.
///
/// Rows that read run on the calling thread, in a snapshot; rows that write wait in the queue and
/// are answered from the writer's thread, when their transaction is durable.
class Dispatcher {
 public:
  struct Options {
    RateSettings rates = {};
    CodeGuard::Settings codes = {};
    /// `https://loyalty.example`, as clients reach the server; empty: as the request says.
    std::string base_url = {};
  };

  /// Throws std::logic_error where the table is not one: see Router; and where a row needs a
  /// permission that nobody has.
  Dispatcher(const service::Routes& routes, const Services& services, const Options& options);
  ~Dispatcher();

  /// Answers, now or later. The http::Server's handler.
  void handle(http::Exchange exchange);

  /// An answer outside of the table, for GET and HEAD of one path. Before the first request.
  using Page = std::function<http::Response(const http::Request& request)>;
  void serve(std::string path, Page page);

  /// Asked for what neither the table nor serve() knows. Before the first request.
  void serve_rest(std::function<std::optional<http::Response>(const http::Request&)> pages);

  /// Carries out a row that has neither `run` nor `run_text`. Must not block; `end` is called once,
  /// from any thread, with the answer or with what was thrown. Before the first request.
  using End = std::function<void(wire::Json answer, std::exception_ptr thrown)>;
  using Row =
      std::function<void(const service::Caller& caller, const wire::Json& request, End end)>;
  void serve_row(std::string_view name, Row row);

  /// A caller that has been let in to listen.
  struct Listening {
    const Authenticated& who;
    const wire::Json& request;
    std::string_view last_event_id;  ///< of the header; empty: none
    /// Sends the head of the answer. Called at most once; not at all where the row throws.
    std::function<std::shared_ptr<http::Exchange::Stream>()> begin;
  };
  /// Carries out a row with `stream`. Before the first request.
  void serve_stream(std::string_view name, std::function<void(const Listening&)> row);

  const Authenticator& authenticator() const { return authenticator_; }

  /// Told of the sites that a commit was about, on the writer's thread. Before the first request.
  void on_commit(std::function<void(store::TenantId)> told) { on_commit_ = std::move(told); }

  Directory& directory() { return directory_; }
  Metrics& metrics() { return metrics_; }

 private:
  struct Writing;

  void dispatch(const TicketPtr& ticket);
  bool dispatch_page(const TicketPtr& ticket);
  void dispatch_route(const TicketPtr& ticket, Found& found);
  void answer_options(const TicketPtr& ticket, const Found& found);
  void admit(Ticket& ticket, std::string_view site_in_path);
  void carry_out(const TicketPtr& ticket, const Found& found);

  void listen(const TicketPtr& ticket);
  std::vector<http::Header> headers_of_stream(const Ticket& ticket);
  void add_cors(const Ticket& ticket, std::vector<http::Header>& to);
  void read(const TicketPtr& ticket);
  void write(const TicketPtr& ticket);
  void write_now(Writing& writing, store::Session& session);
  void written(const std::shared_ptr<Writing>& writing, const std::exception_ptr& thrown);
  void follow_up(const std::shared_ptr<Writing>& writing);

  std::size_t index_of(std::string_view name) const;
  Reply run(Ticket& ticket, service::Call& call);
  service::Call call_of(Ticket& ticket, store::Session& session, Instant now);
  store::TenantId tenant_of(const Ticket& ticket) const;
  void check_codes(const Ticket& ticket);
  void note_codes(const Ticket& ticket, std::string_view answer);

  void finish(Ticket& ticket, Reply reply);
  void fail(Ticket& ticket, const std::exception_ptr& thrown);
  void send(Ticket& ticket, http::Response response, std::string_view code, std::string_view cause);
  void log_request(const Ticket& ticket, int status, std::string_view code, std::string_view cause);
  std::string next_id();

  Router router_;
  Services services_;
  Directory directory_;
  Authenticator authenticator_;
  RateLimits rates_;
  CodeGuard codes_;
  Cors cors_;
  Metrics metrics_;
  std::map<std::string, Page, std::less<>> pages_;
  std::function<std::optional<http::Response>(const http::Request&)> rest_;
  std::map<std::size_t, Row> rows_;
  std::map<std::size_t, std::function<void(const Listening&)>> streams_;
  std::function<void(store::TenantId)> on_commit_;
  const std::string base_url_;
  const std::string id_mark_;
  std::atomic<std::uint64_t> next_id_{0};
};

}  // namespace loyalty::api
