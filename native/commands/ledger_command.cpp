#include "native/ledger_command.h"

#include <istream>
#include <ostream>

#include "native/commands/commands.h"
#include "native/commands/documents.h"
#include "native/io/streams.h"

namespace loyalty::cli {

Exit ledger_command(const Arguments& arguments, Session& session) {
  InputError error;
  Descriptor file;
  if (!open_input(arguments.file(), session.standard_input, file, error)) {
    return report(error, session);
  }
  InputBuffer input{file, session.out};
  OutputBuffer output{session.out};
  std::istream in{&input};
  std::ostream out{&output};
  const int code = run_ledger(in, out);
  out.flush();
  return code == 0 ? Exit::ok : Exit::bad_document;
}

}  // namespace loyalty::cli
