#include "native/service/people/birthdays.h"

#include <algorithm>
#include <string>

#include "core/base/calendar_date.h"
#include "core/ledger/zone.h"
#include "native/service/program/awards.h"
#include "native/service/program/program.h"
#include "native/service/query/filters.h"
#include "native/service/schedule.h"

/// Birthdays begin with the day in the site's zone (U78).
namespace loyalty::service {
namespace {

using store::Kind;
using wire::text_at;

constexpr std::string_view scope = "birthday";
constexpr std::string_view progress_key = "progress";
constexpr std::string_view claim_scope = "birthday-of-year";  ///< contact and year

std::string year_key(std::string_view contact, std::int32_t year) {
  return std::string{contact}.append(":").append(std::to_string(year));
}

std::string date_text(Date date) {
  const auto start = Instant::from_ms(days_from_date(date) * 86'400'000);
  return wire::time_text(start).substr(0, 10);
}

Date date_of(const std::string& text) {
  const auto at = wire::time_of(text + "T00:00:00Z").value_or(Instant{});
  return date_from_days(at.ms() / 86'400'000);
}

/// How far the site has come: all days up to `done`, and of the days up to `to` the contacts up to
/// `after`.
struct Progress {
  Date done;
  Date to;
  std::string after;
};

/// The days of `to`'s year up to it, as birthdays are written. Who was born on 29 February
/// celebrates on the 28th in common years.
std::pair<std::string, std::string> days_of(const Progress& progress) {
  const Date first = progress.done.year == progress.to.year ? add_days(progress.done, 1)
                                                            : Date{progress.to.year, 1, 1};
  std::string last = date_text(progress.to).substr(5);
  if (last == "02-28" && !is_leap_year(progress.to.year)) {
    last = "02-29";
  }
  return {date_text(first).substr(5), last};
}

Progress read_progress(Call& call, Date today) {
  const auto kept = call.store.claimed(scope, progress_key);
  if (!kept) {
    // What was before the site's first day is not made up for.
    return {add_days(today, -1), today, {}};
  }
  const Json json = Json::parse(*kept);
  return {date_of(text_at(json, "done")), date_of(text_at(json, "to")), text_at(json, "after")};
}

void write_progress(Call& call, const Progress& progress) {
  const std::string text = wire::text_of(Json{{"done", date_text(progress.done)},
                                              {"to", date_text(progress.to)},
                                              {"after", progress.after}});
  if (!call.store.claim(scope, progress_key, text)) {
    call.store.change_claim(scope, progress_key, text);
  }
}

void award_birthday(Call& call, const std::string& contact, std::int32_t year) {
  const std::string key = year_key(contact, year);
  if (call.store.claimed(claim_scope, key)) {
    return;
  }
  Activity activity;
  activity.contact_id = contact;
  activity.trigger_app_id = loyalty_app;
  activity.activity_type = birthday_activity;
  activity.event_id = "birthday:" + key;
  if (!award(call, activity).empty()) {
    call.store.claim(claim_scope, key, "");
  }
}

/// One slice of the contacts with a birthday in the days under way.
std::size_t award_slice(Call& call, Progress& progress, std::size_t limit) {
  const auto [first, last] = days_of(progress);
  const store::FieldRef birthday{"birthday", store::ValueType::text};
  store::Query query;
  query.filter = both(condition(birthday, store::Filter::Op::ge, {first}),
                      condition(birthday, store::Filter::Op::le, {last}));
  query.sort = {{{"id", store::ValueType::text}, false}};
  query.limit = limit;
  if (!progress.after.empty()) {
    query.after = {progress.after, progress.after};
  }
  const auto page = call.store.page(Kind::contact, query);
  for (const store::Document& contact : page.rows) {
    award_birthday(call, contact.id, progress.to.year);
    progress.after = contact.id;
  }
  if (!page.more) {
    progress.done = progress.to;
    progress.after.clear();
  }
  return page.rows.size();
}

}  // namespace

void birthdays_merged(Call& call, std::string_view from_contact, std::string_view into_contact) {
  const Date today = local_day(program_of(call)->ledger.settings.zone, call.now);
  // Days of an outage that are still to be made up for may lie in years before.
  for (std::int32_t year = read_progress(call, today).done.year; year <= today.year; ++year) {
    if (call.store.claimed(claim_scope, year_key(from_contact, year))) {
      call.store.claim(claim_scope, year_key(into_contact, year), "");
    }
  }
}

bool birthday_awarded(Call& call, std::string_view contact_id) {
  const Date today = local_day(program_of(call)->ledger.settings.zone, call.now);
  return call.store.claimed(claim_scope, year_key(contact_id, today.year)).has_value();
}

std::size_t award_birthdays(Call& call, std::size_t limit) {
  const Date today = local_day(program_of(call)->ledger.settings.zone, call.now);
  Progress progress = read_progress(call, today);
  std::size_t done = 0;
  bool changed = false;
  while (progress.done < today && done < limit) {
    if (progress.after.empty()) {
      // At most up to a year's end at a time: days are told by month and day.
      const Date next = add_days(progress.done, 1);
      progress.to = std::min(today, Date{next.year, 12, 31});
    }
    done += award_slice(call, progress, limit - done);
    changed = true;
  }
  if (changed) {
    write_progress(call, progress);
  }
  return done;
}

}  // namespace loyalty::service
