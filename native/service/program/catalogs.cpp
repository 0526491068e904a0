#include "native/service/program/catalogs.h"

#include <algorithm>
#include <utility>

#include "core/json/digest.h"
#include "native/service/program/assembly.h"
#include "native/service/program/documents.h"
#include "native/service/program/program_document.h"

namespace loyalty::service {
namespace {

std::unique_ptr<CatalogDocument> decoded(const std::string& json) {
  Result<std::unique_ptr<CatalogDocument>> read = CatalogDocument::from_json(json);
  if (!read.ok()) {
    throw store::Corrupt{"the assembled catalog is refused: " + read.error().message + " at " +
                         read.error().path};
  }
  return std::move(read.value());
}

std::shared_ptr<const PublishedCatalog> publish(store::Session& session,
                                                const ProgramState& state) {
  auto published = std::make_shared<PublishedCatalog>();
  Assembly assembly = assemble(session, state, Orphans::left_out);
  const Json public_json = public_part(assembly.catalog);
  published->version = state.catalog_version;
  published->json = wire::text_of(assembly.catalog);
  published->public_json = wire::text_of(public_json);
  published->rule_facts = std::move(assembly.rule_facts);
  published->document = decoded(published->json);
  published->compiled = std::make_unique<CompiledCatalog>(published->document->catalog());
  if (published->json != published->public_json) {
    published->public_document = decoded(published->public_json);
    published->public_only =
        std::make_unique<CompiledCatalog>(published->public_document->catalog());
  }
  Writer scratch;
  published->digest = text_of(digest_of(published->public_catalog(), scratch));
  return published;
}

}  // namespace

Catalogs::Kept& Catalogs::kept(Site& site) {
  return site.writer == std::this_thread::get_id() ? site.own : site.shared;
}

std::shared_ptr<const ProgramState> Catalogs::state(store::Session& session) {
  const store::TenantId tenant = session.tenant();
  const std::thread::id here = std::this_thread::get_id();
  {
    const std::lock_guard lock{mutex_};
    const Site& site = sites_[tenant];
    const std::shared_ptr<const ProgramState>& state = site.shared.state;
    if (site.writer != here && state && site.version == state->catalog_version) {
      return state;
    }
  }
  const store::Document program = program_document(session);
  {
    const std::lock_guard lock{mutex_};
    Site& site = sites_[tenant];
    if (site.writer == here && site.version == program.revision) {
      site.writer = {};  // what this thread had begun to change was undone
      site.own = {};
    }
    const Kept& found = kept(site);
    if (found.state && found.text == program.body) {
      return found.state;
    }
  }
  std::shared_ptr<const ProgramState> state = load_state(session, program);
  const std::lock_guard lock{mutex_};
  Site& site = sites_[tenant];
  Kept& to = kept(site);
  to.text = program.body;
  to.state = state;
  if (site.writer != here) {
    site.version = std::max(site.version, program.revision);
  }
  return state;
}

std::shared_ptr<const PublishedCatalog> Catalogs::catalog(store::Session& session) {
  const std::shared_ptr<const ProgramState> of = state(session);
  {
    const std::lock_guard lock{mutex_};
    const Kept& found = kept(sites_[session.tenant()]);
    if (found.catalog && found.catalog_state == of) {
      return found.catalog;
    }
  }
  std::shared_ptr<const PublishedCatalog> catalog = publish(session, *of);
  const std::lock_guard lock{mutex_};
  Kept& to = kept(sites_[session.tenant()]);
  to.catalog = catalog;
  to.catalog_state = of;
  return catalog;
}

void Catalogs::committed(store::TenantId tenant, std::int64_t version) {
  const std::lock_guard lock{mutex_};
  Site& site = sites_[tenant];
  site.version = std::max(site.version, version);
  site.writer = {};
  site.own = {};
}

void Catalogs::changing(store::TenantId tenant) {
  const std::lock_guard lock{mutex_};
  sites_[tenant].writer = std::this_thread::get_id();
}

}  // namespace loyalty::service
