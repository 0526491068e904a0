#include "core/model/policy.h"

namespace loyalty {
namespace {

constexpr Profile table[] = {
    {.name = "default", .policy = {}},
};

}  // namespace

std::span<const Profile> profiles() { return table; }

}  // namespace loyalty
