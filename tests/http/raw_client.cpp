#include "tests/http/raw_client.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loyalty::http {
namespace {

using Clock = std::chrono::steady_clock;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace

std::string RawAnswer::field(std::string_view name) const {
  const std::string wanted = "\r\n" + lower(name) + ": ";
  const std::size_t at = lower(head).find(wanted);
  if (at == std::string::npos) {
    return {};
  }
  const std::size_t begin = at + wanted.size();
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

RawClient::RawClient(std::uint16_t port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer > 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr plain{};
  std::memcpy(&plain, &address, sizeof plain);
  if (::connect(socket_, &plain, sizeof plain) != 0) {
    ::close(socket_);
    throw std::runtime_error("cannot connect");
  }
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

RawClient::~RawClient() { close(); }

void RawClient::close() {
  if (socket_ >= 0) {
    ::close(std::exchange(socket_, -1));
  }
}

void RawClient::reset() {
  const linger hard{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  close();
}

bool RawClient::send(std::string_view bytes) {
  const auto deadline = Clock::now() + patience;
  while (!bytes.empty()) {
    const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
      continue;
    }
    if (errno != EAGAIN || Clock::now() > deadline) {
      return false;
    }
    pollfd waiting{socket_, POLLOUT, 0};
    ::poll(&waiting, 1, 50);
  }
  return true;
}

void RawClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

RawClient::Got RawClient::receive(Clock::time_point deadline, std::size_t limit) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(0, left))) <= 0) {
    return Got::nothing;
  }
  std::string bytes(limit, '\0');
  const ssize_t n = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (n <= 0) {
    return Got::end;
  }
  buffer_.append(bytes, 0, static_cast<std::size_t>(n));
  return Got::bytes;
}

std::optional<std::string> RawClient::until(std::string_view text, std::chrono::milliseconds wait) {
  const auto deadline = Clock::now() + wait;
  for (;;) {
    if (const std::size_t at = buffer_.find(text); at != std::string::npos) {
      std::string taken = buffer_.substr(0, at + text.size());
      buffer_.erase(0, at + text.size());
      return taken;
    }
    if (receive(deadline) != Got::bytes) {
      return std::nullopt;
    }
  }
}

std::optional<RawAnswer> RawClient::answer(bool to_head) {
  auto head = until("\r\n\r\n");
  if (!head || head->size() < 12) {
    return std::nullopt;
  }
  RawAnswer answer;
  answer.head = std::move(*head);
  answer.status = std::stoi(answer.head.substr(9, 3));
  const std::string length = answer.field("content-length");
  const std::size_t size = to_head || length.empty() ? 0 : std::stoul(length);
  const auto deadline = Clock::now() + patience;
  while (buffer_.size() < size) {
    if (receive(deadline) != Got::bytes) {
      return std::nullopt;
    }
  }
  answer.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return answer;
}

std::optional<std::string> RawClient::rest(std::chrono::milliseconds wait) {
  const auto deadline = Clock::now() + wait;
  for (;;) {
    switch (receive(deadline)) {
      case Got::bytes:
        break;
      case Got::end:
        return std::exchange(buffer_, {});
      case Got::nothing:
        return std::nullopt;
    }
  }
}

bool RawClient::ends(std::chrono::milliseconds wait) {
  const auto left = rest(wait);
  return left && left->empty();
}

std::size_t RawClient::read_some(std::size_t limit) {
  const std::size_t before = buffer_.size();
  receive(Clock::now(), limit);
  return buffer_.size() - before;
}

std::vector<int> statuses_of(std::string_view stream) {
  std::vector<int> statuses;
  while (stream.size() >= 12) {
    statuses.push_back(std::stoi(std::string(stream.substr(9, 3))));
    const std::size_t end = stream.find("\r\n\r\n");
    if (end == std::string_view::npos) {
      break;
    }
    RawAnswer answer;
    answer.head = std::string(stream.substr(0, end + 4));
    const std::string length = answer.field("content-length");
    stream.remove_prefix(
        std::min(stream.size(), end + 4 + (length.empty() ? 0 : std::stoul(length))));
  }
  return statuses;
}

}  // namespace loyalty::http
