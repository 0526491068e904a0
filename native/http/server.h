#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// An HTTP/1.1 server that knows nothing of what it serves.
namespace loyalty::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };

/// `GET`
std::string_view name_of(Method method);

using Header = std::pair<std::string, std::string>;

/// A whole request. What it views lives as long as the exchange.
struct Request {
  Method method = Method::get;
  std::string_view path;   ///< percent-encoded, starts with '/', without the query
  std::string_view query;  ///< percent-encoded, without '?'
  std::string_view body;
  std::string_view peer;  ///< address of the client, or as a trusted proxy names it
  std::vector<std::pair<std::string_view, std::string_view>> headers;

  /// The first header of this name, in any case; empty where there is none.
  std::string_view header(std::string_view name) const;
};

/// The transport adds Content-Length, Connection and Date; `headers` may hold none of these, nor
/// Content-Type. What cannot be sent safely (a line end in a value) is answered 500 instead.
struct Response {
  int status = 200;
  std::string_view content_type = "application/json";  ///< a literal, or what outlives the answer
  std::vector<Header> headers = {};
  std::string body = {};
  std::shared_ptr<const std::string> file = {};  ///< sent in place of body where set
};

/// One request on its way to one answer. Cheap to move between threads; an exchange that is dropped
/// unanswered answers 500 by itself.
class Exchange {
 public:
  class Connection;
  explicit Exchange(std::shared_ptr<Connection> connection);
  Exchange(Exchange&&) noexcept;
  Exchange& operator=(Exchange&&) noexcept;
  ~Exchange();

  const Request& request() const;

  /// Answers, from any thread, at most once.
  void answer(Response response);

  /// Begins a stream of server-sent events in place of an answer. Content-Type, `Cache-Control:
  /// no-store` and X-Accel-Buffering are added to `headers`; a comment is sent as a heartbeat.
  class Stream;
  std::shared_ptr<Stream> stream(std::vector<Header> headers);

 private:
  std::shared_ptr<Connection> connection_;
};

/// Server-sent events; safe to use from any thread.
class Exchange::Stream {
 public:
  virtual ~Stream() = default;
  /// Queues one event, already in the wire's form ("id: 1\ndata: {}\n\n"). False when the client
  /// has gone, or reads so slowly that it was dropped: there was no room.
  virtual bool send(std::string event) = 0;
  /// Whether an event of so many bytes can be queued: what waits stays within
  /// Options::unsent_bytes_max, or nothing waits at all.
  virtual bool has_room(std::size_t bytes) const = 0;
  /// Whether the client is still there, as far as is known.
  virtual bool open() const = 0;
  virtual void close() = 0;
};

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  unsigned loops = 0;         ///< threads; 0: one a processor
  std::size_t head_bytes_max = std::size_t{8} * 1024;
  std::size_t body_bytes_max = std::size_t{1024} * 1024;
  std::size_t connections_max = 10'000;
  std::size_t connections_per_peer_max = 2'000;
  std::chrono::milliseconds message_deadline{5'000};  ///< from the first byte to the last
  std::chrono::milliseconds idle_deadline{60'000};
  std::chrono::milliseconds write_deadline{
      10'000};  ///< for each 16 KB that a client is slow to read
  std::chrono::milliseconds linger_deadline{2'000};  ///< reading on after a refusal, see Session
  std::chrono::milliseconds heartbeat{15'000};       ///< between comments on a quiet event stream
  std::size_t unsent_bytes_max =
      std::size_t{64} * 1024;  ///< no more is read while so much is unsent
  /// Addresses of proxies whose X-Forwarded-For is believed; they are not capped as peers.
  std::vector<std::string> trusted_proxies = {};
};

/// Counters since the start.
struct Counters {
  std::uint64_t connections_open = 0;
  std::uint64_t connections = 0;
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;  ///< answered by the transport itself: malformed, too large, too slow
};

class Server {
 public:
  /// Called on a loop's thread for every well-formed request; must not block. May answer later,
  /// from anywhere.
  using Handler = std::function<void(Exchange)>;

  /// Listens, and serves from now on. Throws std::system_error where the address cannot be had.
  Server(Options options, Handler handler);
  ~Server();

  std::uint16_t port() const;
  Counters counters() const;

  /// Stops listening, lets requests that are under way be answered for up to `grace`, closes the
  /// rest. Blocks. False where something had to be cut off.
  bool stop(std::chrono::milliseconds grace);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace loyalty::http
