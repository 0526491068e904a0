#include "native/replay/names.h"

namespace loyalty::cli {
namespace {

template <class List>
std::string_view name_in(const List& list, std::string_view id) {
  for (const auto& entry : list) {
    if (entry.id.text() == id) {
      return entry.name;
    }
  }
  return {};
}

std::string_view name_in(const std::unordered_map<std::string_view, std::string_view>& names,
                         std::string_view id) {
  const auto found = names.find(id);
  return found == names.end() ? std::string_view{} : found->second;
}

}  // namespace

Names::Names(const Catalog& catalog) {
  for (const Promotion& promotion : catalog.promotions) {
    promotions_.emplace(promotion.id.text(), promotion.name);
  }
  for (const Reward& reward : catalog.rewards) {
    rewards_.emplace(reward.id.text(), reward.name);
  }
}

std::string_view Names::of(const Discount& discount, const RequestDocument& request) const {
  const Account* const account = request.account();
  std::string_view name;
  switch (discount.source) {
    case Source::promotion:
    case Source::code:
      name = name_in(promotions_, discount.id);
      name = name.empty() ? name_in(request.resolved(), discount.id) : name;
      break;
    case Source::reward:
      name = name_in(rewards_, discount.id);
      break;
    case Source::coupon:
      name = account != nullptr ? name_in(account->coupons, discount.id) : name;
      break;
    case Source::referral:
      name = account != nullptr ? name_in(account->referral_rewards, discount.id) : name;
      break;
  }
  return name.empty() ? discount.id : name;
}

}  // namespace loyalty::cli
