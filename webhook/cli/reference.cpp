// launchgate reference: the command line as data, for docs/cli.md (scripts/docs.sh). Hidden: people read --help.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/commands.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

Json option_json(const CLI::Option& o) {
  Json out = Json::object();
  out["name"] = o.get_positional() ? o.get_name(true, false) : o.get_name(false, true);
  out["positional"] = o.get_positional();
  out["type"] = o.get_type_size() == 0 ? std::string{} : o.get_type_name();  // empty for a flag
  out["default"] = o.get_default_str();
  out["required"] = o.get_required();
  out["repeated"] = o.get_expected_max() >= CLI::detail::expected_max_vector_size;
  Json excludes = Json::array();
  for (const CLI::Option* other : o.get_excludes()) excludes.push_back(other->get_name());
  out["excludes"] = std::move(excludes);
  out["description"] = o.get_description();
  return out;
}

Json verb_json(const CLI::App& verb) {
  Json out = Json::object();
  out["name"] = verb.get_name();
  out["description"] = verb.get_description();
  const bool own = !verb.get_parent() || verb.get_footer() != verb.get_parent()->get_footer();
  out["footer"] = own ? verb.get_footer() : std::string{};
  Json options = Json::array();
  for (const CLI::Option* o : verb.get_options())
    if (!o->get_group().empty()) options.push_back(option_json(*o));
  out["options"] = std::move(options);
  Json verbs = Json::array();
  for (const CLI::App* sub : verb.get_subcommands({}))
    if (!sub->get_group().empty()) verbs.push_back(verb_json(*sub));
  out["verbs"] = std::move(verbs);
  return out;
}

}  // namespace

void add_reference(CLI::App& app, int& code) {
  auto* cmd = app.add_subcommand("reference", "Print every verb and option as JSON")->group("");
  cmd->callback([&app, &code] {
    std::printf("%s\n", verb_json(app).dump(2).c_str());
    code = 0;
  });
}

}  // namespace launchgate
