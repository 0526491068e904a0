#pragma once

#include "native/cli/arguments.h"
#include "native/cli/session.h"

/// What the commands do; their flags and help are in commands.cpp.
namespace loyalty::cli {

Exit quote_command(const Arguments& arguments, Session& session);
Exit optimize_command(const Arguments& arguments, Session& session);
Exit explain_command(const Arguments& arguments, Session& session);
Exit rewards_command(const Arguments& arguments, Session& session);
Exit earn_command(const Arguments& arguments, Session& session);
Exit ledger_command(const Arguments& arguments, Session& session);
Exit lint_command(const Arguments& arguments, Session& session);
Exit replay_command(const Arguments& arguments, Session& session);
Exit serve_command(const Arguments& arguments, Session& session);
Exit backup_command(const Arguments& arguments, Session& session);
Exit audit_command(const Arguments& arguments, Session& session);
Exit completion_command(const Arguments& arguments, Session& session);

}  // namespace loyalty::cli
