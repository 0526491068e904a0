#include "core/json/digest.h"

#include "core/base/check.h"
#include "core/json/sha256.h"

namespace loyalty {
namespace {

Digest digest_of(std::string_view text) {
  Sha256 hash;
  hash.update(text);
  return hash.finish();
}

}  // namespace

Digest digest_of(const Catalog& catalog, Writer& scratch) {
  scratch.clear();
  encode(catalog, scratch);
  return digest_of(scratch.text());
}

Digest digest_of(const RequestParts& request, const Quote& quote, Writer& scratch) {
  LOYALTY_CHECK(!request.catalog_digest.empty());
  scratch.clear();
  scratch.begin_object();
  scratch.key("quote");
  encode_for_digest(quote, scratch);
  scratch.key("request");
  encode(request, scratch);
  scratch.end_object();
  return digest_of(scratch.text());
}

}  // namespace loyalty
