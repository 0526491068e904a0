#pragma once

#include "native/service/route.h"

namespace loyalty::api {

/// The whole route table as an OpenAPI 3.1 document: paths, parameters, bodies, answers, errors,
/// and who may call.
wire::Json openapi_document(const service::Routes& routes);

}  // namespace loyalty::api
