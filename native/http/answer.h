#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "native/http/gate.h"
#include "native/http/server.h"

/// Answers as bytes.
namespace loyalty::http {

/// Bytes to send: text, or a file that many answers share.
struct Piece {
  std::string text;
  std::shared_ptr<const std::string> file;

  std::string_view view() const { return file ? std::string_view(*file) : std::string_view(text); }
};

/// An answer in the wire's form. Head and body are one piece unless the body is large.
struct Outgoing {
  Piece first;
  Piece second;
  bool keep_alive = true;
  std::size_t size() const { return first.view().size() + second.view().size(); }
};

/// A header with a line end in it, or a status that is none, is our own bug: 500 is sent instead.
Outgoing render(Response response, Method method, bool keep_alive);

/// The answer of the transport itself; ends the connection.
Outgoing render(const Refusal& refusal);

/// The head of a stream of server-sent events.
Outgoing render_stream_head(const std::vector<Header>& headers);

/// The product's error document: {"message":…,"details":{"applicationError":{…}}}
Response error_response(const Refusal& refusal);

}  // namespace loyalty::http
