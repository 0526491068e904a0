#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "native/http/server.h"
#include "native/service/route.h"

/// Which row of the route table a request is for.
namespace loyalty::api {

/// A variable of a path (`tier.id`) and what stands in its place, decoded.
using PathVariables = std::vector<std::pair<std::string_view, std::string>>;

/// What is found at a path.
struct Found {
  enum class Kind : std::uint8_t { route, nothing, other_methods, malformed };
  Kind kind = Kind::nothing;
  const service::Route* route = nullptr;
  std::size_t index = 0;  ///< of the route in the table
  PathVariables variables = {};
  std::string allow = {};  ///< `GET, HEAD, POST`: the methods that the path answers to
};

/// The compiled route table. Literal segments go before variables: `/v1/accounts/query` is never an
/// account whose id is "query". Every row is also served below `/_api`.
class Router {
 public:
  /// `routes` outlives the router. Throws std::logic_error where two rows are the same request, a
  /// name is used twice, or a path is not one.
  explicit Router(const service::Routes& routes);
  ~Router();

  Found find(http::Method method, std::string_view path) const;

  const service::Routes& routes() const { return routes_; }

 private:
  struct Node;
  Found found_at(const Node& node, http::Method method) const;

  const service::Routes& routes_;
  std::unique_ptr<Node> root_;
  /// Paths without variables as they are asked for; their node in the tree.
  std::unordered_map<std::string_view, const Node*> fixed_;
};

/// The segments of a route's path; a variable keeps its braces.
std::vector<std::string_view> segments_of(std::string_view path);

/// `tier.id` of `{tier.id}`; empty where the segment is a literal.
std::string_view variable_of(std::string_view segment);

/// The method of a verb, and the text of it.
http::Method method_of(service::Verb verb);

}  // namespace loyalty::api
