#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/money/money.h"
#include "core/money/points.h"
#include "native/service/call.h"

/// Points for what members do: every active rule that matches an activity awards on its own (U6).
namespace loyalty::service {

/// The apps that manage rules, and the activities of our own.
inline constexpr std::string_view loyalty_app = "553c79f3-5625-4f38-b14b-ef7c0d1e87df";
inline constexpr std::string_view automations_app = "139ef4fa-c108-8f9a-c7be-d5f492a2c939";
inline constexpr std::string_view birthday_activity = "birthday";
inline constexpr std::string_view follow_activity = "wix_loyalty-social_media_channel_followed";

/// What an order counts for one rule.
struct RuleBase {
  std::string rule_id;
  Money base;
};

/// Something a member did, reported by the app where it happened or by an order of our own.
struct Activity {
  std::string contact_id;
  std::string trigger_app_id;  ///< empty: whichever app the rule names
  std::string activity_type;   ///< `stores/OrderPaid`, `birthday`
  std::string event_id;        ///< of the order or event; the same one twice awards once
  std::string order_id = {};   ///< shown in earnInfo
  /// Amounts that a rule's base can name; absent where the activity has no money.
  std::optional<Money> after_discounts = {};
  std::optional<Money> subtotal = {};
  std::optional<Money> total = {};
  /// For orders of our own: the base of each rule as the order's quote has it. Other rules award
  /// nothing then, and neither the amounts above nor a payload count.
  std::optional<std::vector<RuleBase>> rule_bases = {};
  Json payload =
      {};  ///< for conversionRate.field: `priceSummary.totalAmount`, decimal text or number
  std::string channel = {};  ///< followed social media
};

struct Awarded {
  std::string rule_id;
  Points points;
  std::string transaction_id;  ///< empty where the award is zero, or was made before
  bool repeated = false;
};

/// Grants what the active rules of the site award, in order of creation. Opens the account where
/// the program lets rules do that (U28). Nothing while the program is not ACTIVE. Rules whose
/// activity happens once a person are claimed for ever.
std::vector<Awarded> award(Call& call, const Activity& activity);

/// Whether a rule that awards once a person has awarded this one.
bool awarded_once(Call& call, std::string_view rule_id, std::string_view contact_id);

/// After an order was undone wholly or in part: takes back what its awards exceed on the base that
/// remains (U13, U14). `remaining` absent: all of it. Returns the points taken.
Points take_back_awards(Call& call, std::string_view event_id,
                        std::optional<Money> remaining_after_discounts,
                        std::optional<Money> remaining_subtotal,
                        std::optional<Money> remaining_total);
/// The same where the bases were given rule by rule; rules that are not named have none left.
Points take_back_awards(Call& call, std::string_view event_id,
                        const std::vector<RuleBase>& remaining);

/// What settling awards has moved.
struct AwardsSettled {
  Points granted;
  Points taken;
};

/// After an order was edited: makes the awards of its event what they would have been for the
/// amounts that it has now, by the rules, tier and rounding of then (U12). `activity` is what
/// award() got, with the new amounts or rule bases; an amount that is absent is none. Where the
/// awards have become larger the difference is granted as an EARN of its own, of at most what the
/// account still takes; where they have become smaller it is taken back. Any way from one set of
/// amounts to another ends with the same points, and the same amounts again move nothing.
///
/// Rules that awarded nothing to the event because they did not match it then still do not. While
/// the program is not ACTIVE nothing is granted; what is missing then comes with the next call.
AwardsSettled settle_awards(Call& call, const Activity& activity);

/// After a contact was merged into another: what a rule awards once a person, it has awarded to the
/// one that remains where it had to either (U30).
void awards_merged(Call& call, std::string_view from_contact, std::string_view into_contact);

}  // namespace loyalty::service
