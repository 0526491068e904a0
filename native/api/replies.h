#pragma once

#include <exception>

#include "native/api/ticket.h"
#include "native/wire/refused.h"

/// From what came of a call to what is sent.
namespace loyalty::api {

/// The answer of an operation. On raw rows {"content","contentType","fileName"?} becomes a body of
/// that type.
Reply reply_of(const service::Route& route, const wire::Json& answer);

/// The answer to something thrown, with the headers that its status wants.
Reply reply_of(const std::exception_ptr& thrown);

/// A refusal for so many seconds.
wire::Refused too_many(std::int64_t seconds);

/// Makes a 304 of an answer that the client has already.
void apply_etag(const http::Request& request, Reply& reply);

/// The answer with its secrets left out: what may be remembered.
std::string without_secrets(const wire::Json& answer);

}  // namespace loyalty::api
