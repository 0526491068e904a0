#pragma once

#include "native/api/router.h"
#include "native/http/server.h"
#include "native/service/route.h"

/// From the parts of an HTTP request to the one message that an operation reads.
namespace loyalty::api {

/// Body, path variables and query parameters together, checked and normalised by the row's schema.
///
/// Clients may send a path variable in the body or the query string too, but not with another
/// value. A parameter `.r` is the whole message as base64url of JSON. Throws wire::Refused.
wire::Json request_message(const service::Route& route, const PathVariables& variables,
                           const http::Request& request);

/// Refuses a body that is larger than the row takes, or of a type that it does not take.
void check_body(const service::Route& route, const http::Request& request);

/// Whether a Content-Type is JSON; one that is not there counts as JSON.
bool is_json(std::string_view content_type);

}  // namespace loyalty::api
