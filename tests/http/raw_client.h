#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loyalty::http {

/// An answer as it came.
struct RawAnswer {
  int status = 0;
  std::string head;
  std::string body;
  /// The first field of this name, in any case.
  std::string field(std::string_view name) const;
};

/// A client that sends exactly what it is told, and waits for nothing longer than `patience`.
class RawClient {
 public:
  static constexpr std::chrono::milliseconds patience{5'000};

  explicit RawClient(std::uint16_t port, int receive_buffer = 0);
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient();

  /// False where the server does not take all of it.
  bool send(std::string_view bytes);
  void end_sending();
  void close();
  /// Closes in a way that makes the kernel tell the server at once.
  void reset();

  /// The next answer; nothing at the end of the stream, or when patience ends. `to_head`: it has no
  /// body, whatever its head says.
  std::optional<RawAnswer> answer(bool to_head = false);
  /// Everything up to the end of the stream. Nothing where it does not end.
  std::optional<std::string> rest(std::chrono::milliseconds wait = patience);
  /// Bytes up to and with this text.
  std::optional<std::string> until(std::string_view text,
                                   std::chrono::milliseconds wait = patience);
  /// Whether the server ends the stream, sending nothing more.
  bool ends(std::chrono::milliseconds wait = patience);
  /// Reads once what is there, at most `limit` bytes.
  std::size_t read_some(std::size_t limit);

 private:
  enum class Got : std::uint8_t { bytes, end, nothing };
  Got receive(std::chrono::steady_clock::time_point deadline, std::size_t limit = 65536);

  int socket_ = -1;
  std::string buffer_;
};

/// The statuses of all answers in a stream that has ended.
std::vector<int> statuses_of(std::string_view stream);

}  // namespace loyalty::http
