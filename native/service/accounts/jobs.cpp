#include "native/service/accounts/jobs.h"

#include <iterator>
#include <map>
#include <utility>

#include "native/service/schedule.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Kind;

std::map<std::string, JobWork, std::less<>>& types() {
  static std::map<std::string, JobWork, std::less<>> all;
  return all;
}

constexpr store::FieldRef status_field{"status", store::ValueType::text};
constexpr store::FieldRef created_field{"createdDate", store::ValueType::instant};

/// The oldest job that is not over.
std::optional<store::Document> next_job(store::Session& session) {
  store::Query query;
  query.filter.op = store::Filter::Op::in;
  query.filter.field = status_field;
  query.filter.values = {std::string{"QUEUED"}, std::string{"RUNNING"}};
  query.sort = {{created_field, false}};
  query.limit = 1;
  store::Page<store::Document> page = session.page(Kind::job, query);
  return page.rows.empty() ? std::nullopt : std::optional(std::move(page.rows.front()));
}

void save(Call& call, store::Document job, const Json& body) {
  ++job.revision;
  job.updated = call.now;
  job.body = wire::text_of(body);
  call.store.update(Kind::job, job);
}

/// One slice; what goes wrong with it undoes the slice and ends the job.
JobStep step(Call& call, Json& body, std::size_t limit) {
  const auto type = types().find(wire::text_at(body, "type"));
  JobStep step{0, true};
  Json after = body;
  try {
    if (type == types().end()) {
      throw wire::Refused(wire::Code::internal);
    }
    call.store.attempt([&] { step = type->second(call, after, limit); });
    after["status"] = step.finished ? "FINISHED" : "RUNNING";
    body = std::move(after);
  } catch (const wire::Refused& refused) {
    body["status"] = "FAILED";
    body["failure"] = {{"code", wire::name_of(refused.code())}, {"description", refused.what()}};
    step = {1, true};
  }
  return step;
}

}  // namespace

void register_job(std::string_view type, JobWork work) {
  types().insert_or_assign(std::string{type}, work);
}

std::string start_job(Call& call, std::string_view type, Json work) {
  store::Document job;
  job.id = call.ids.next(call.now);
  job.created = call.now;
  job.updated = call.now;
  job.body = wire::text_of(Json{{"type", type},
                                {"status", "QUEUED"},
                                {"succeeded", 0},
                                {"failed", 0},
                                {"errors", Json::array()},
                                {"origin", call.origin},
                                {"appId", call.caller.app_id},
                                {"work", std::move(work)}});
  call.store.insert(Kind::job, job);
  return job.id;
}

void piece_succeeded(Json& job) { job["succeeded"] = wire::integer_at(job, "succeeded") + 1; }

void piece_failed(Json& job, Json piece, std::string_view code, std::string_view description) {
  job["failed"] = wire::integer_at(job, "failed") + 1;
  Json& errors = job["errors"];
  if (errors.size() < job_errors_max) {
    piece["code"] = code;
    piece["description"] = description;
    errors.push_back(std::move(piece));
  }
}

Json job_json(Call& call, std::string_view id) {
  const std::optional<store::Document> job = call.store.get(Kind::job, id);
  if (!job) {
    throw wire::Refused(wire::Code::job_not_found);
  }
  const Json body = Json::parse(job->body);
  Json shown;
  for (const char* name : {"type", "status", "succeeded", "failed", "errors", "failure"}) {
    if (const Json& value = wire::member(body, name); !value.is_null()) {
      shown[name] = value;
    }
  }
  shown["id"] = job->id;
  shown["createdDate"] = wire::time_text(job->created);
  shown["updatedDate"] = wire::time_text(job->updated);
  return shown;
}

std::size_t run_jobs(Call& call, std::size_t limit) {
  std::size_t done = 0;
  while (done < limit) {
    std::optional<store::Document> job = next_job(call.store);
    if (!job) {
      return done;
    }
    Json body = Json::parse(job->body);
    // The job acts for who asked for it.
    Caller caller = call.caller;
    caller.app_id = wire::text_at(body, "appId");
    Call own{.store = call.store,
             .caller = caller,
             .now = call.now,
             .ids = call.ids,
             .catalogs = call.catalogs,
             .origin = wire::text_at(body, "origin")};
    const JobStep slice = step(own, body, limit - done);
    save(call, std::move(*job), body);
    std::move(own.after_commit.begin(), own.after_commit.end(),
              std::back_inserter(call.after_commit));
    std::move(own.follow_ups.begin(), own.follow_ups.end(), std::back_inserter(call.follow_ups));
    done += slice.done;
    if (!slice.finished && slice.done == 0) {
      return done;  // waits for something else
    }
  }
  return done;
}

}  // namespace loyalty::service
