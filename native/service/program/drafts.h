#pragma once

#include "native/service/call.h"
#include "native/service/route.h"

/// Several edits of a program at once: looked at before they are made, and made together or not at
/// all. Each edit is one of the program's own operations with its own request, checked as if it had
/// come alone.
namespace loyalty::service {

/// Edits that one draft may have.
inline constexpr std::size_t draft_changes_max = 200;

/// The operations that a draft may name, with the routes that carry them out.
const Routes& draft_operations();

/// Runs `[{"operation","request"}]` in the call's transaction. `"$N"` in the place of an id is the
/// id of what change N has made, from 0 on. Answers what each of them answers.
///
/// Throws what an operation throws: the fields of a violation stand behind `changes[N].request.`,
/// other refusals have `index` in their data. What ran before stays done: whoever calls undoes it.
Json run_changes(Call& call, const Json& changes);

/// Runs `work` and undoes all that it did: nothing of it is stored, told or remembered.
void undone(Call& call, const std::function<void(Call&)>& work);

}  // namespace loyalty::service
