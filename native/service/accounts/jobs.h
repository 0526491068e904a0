#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "native/service/call.h"

/// Work that takes longer than a call: carried out in slices, each in a transaction of its own,
/// where the last one ended. A job is a document; who asked for it reads how far it is (U83).
namespace loyalty::service {

/// What a slice of work did.
struct JobStep {
  std::size_t done = 0;   ///< pieces of work
  bool finished = false;  ///< nothing is left
};

/// Does up to `limit` pieces of the job. `job` is its document's body, kept from slice to slice:
/// `succeeded` and `failed` are counted by count_piece(), the rest is the type's own, under `work`.
/// What it throws fails the job for good.
using JobWork = JobStep (*)(Call& call, Json& job, std::size_t limit);

/// Who does the jobs of a type. Called at start-up, when routes are added; before any call.
void register_job(std::string_view type, JobWork work);

/// Queues a job; its id. `work` is what its type needs to know.
std::string start_job(Call& call, std::string_view type, Json work);

inline constexpr std::size_t job_errors_max = 1'000;

void piece_succeeded(Json& job);
/// Remembers why, for up to job_errors_max pieces. `piece` names it: {"accountId":…}.
void piece_failed(Json& job, Json piece, std::string_view code, std::string_view description);

/// As the API shows it. Throws JOB_NOT_FOUND.
Json job_json(Call& call, std::string_view id);

}  // namespace loyalty::service
