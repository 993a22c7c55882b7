#include "cli/complete.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace launchgate {
namespace {

// "TEXT:{text,json}": a set of words shows in the option's type (CLI::IsMember).
std::vector<std::string> choices_of(const CLI::Option& option) {
  const auto type = option.get_type_name();
  const auto open = type.find('{'), close = type.rfind('}');
  std::vector<std::string> out;
  if (open == std::string::npos || close == std::string::npos) return out;
  for (auto at = open + 1; at < close;) {
    const auto comma = std::min(type.find(',', at), close);
    out.push_back(type.substr(at, comma - at));
    at = comma + 1;
  }
  return out;
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

// "--output" of "--output=j", "-o"; null where `word` is no option of the verb.
CLI::Option* option_of(const CLI::App& verb, const std::string& word) {
  const auto name = word.substr(0, word.find('='));
  return name.size() > 1 && name[0] == '-' ? const_cast<CLI::App&>(verb).get_option_no_throw(name) : nullptr;
}

void add_options(const CLI::App& verb, const std::string& start, Completion& out) {
  for (const CLI::Option* option : verb.get_options()) {
    if (option->get_positional() || option->get_group().empty()) continue;
    for (const auto& name : option->get_lnames())
      if (("--" + name).starts_with(start)) out.candidates.emplace_back("--" + name, option->get_description());
  }
}

void add_choices(const CLI::Option& option, const std::string& before, const std::string& start, Completion& out) {
  for (const auto& choice : choices_of(option))
    if (choice.starts_with(start)) out.candidates.emplace_back(before + choice, "");
  const auto type = option.get_type_name();
  const bool path = type == "DIR" || type == "FILE" || type.empty() || type == "TEXT";
  out.files = choices_of(option).empty() && path ? Files::Offered : Files::None;
}

void add_verbs(CLI::App& app, const std::string& start, Completion& out) {
  for (const CLI::App* verb : app.get_subcommands([](CLI::App* sub) { return !sub->get_group().empty(); }))
    if (verb->get_name().starts_with(start)) out.candidates.emplace_back(verb->get_name(), verb->get_description());
  out.files = Files::None;
}

CLI::App* verb_named(CLI::App& app, const std::string& name) {
  const auto named = app.get_subcommands([&](CLI::App* sub) { return sub->get_name() == name; });
  return named.empty() ? nullptr : named.front();
}

// A verb's own words: "completion bash".
void add_positional(const CLI::App& verb, const std::string& start, Completion& out) {
  for (const CLI::Option* option : verb.get_options())
    if (option->get_positional()) return add_choices(*option, "", start, out);
  out.files = Files::None;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

constexpr const char* kBash = R"(# bash completion for PROGRAM: source <(PROGRAM completion bash)
_FUNCTION() {
  local line files=0
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :*) files=${line#:} ;;
      *) COMPREPLY+=("${line%%$'\t'*}") ;;
    esac
  done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ ${#COMPREPLY[@]} -eq 0 ] && [ "$files" -eq 0 ]; then
    COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
  fi
}
complete -o filenames -F _FUNCTION PROGRAM
)";

constexpr const char* kZsh = R"(#compdef PROGRAM
# zsh completion for PROGRAM: source <(PROGRAM completion zsh), or this file as _PROGRAM in a folder of $fpath
_FUNCTION() {
  local line files=0 tab=$'\t'
  local -a found
  while IFS= read -r line; do
    case $line in
      :*) files=${line#:} ;;
      *) found+=("${${line%%$tab*}//:/\\:}:${line#*$tab}") ;;
    esac
  done < <("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( ${#found} )); then
    _describe PROGRAM found
  elif (( files == 0 )); then
    _files
  fi
}
compdef _FUNCTION PROGRAM
)";

constexpr const char* kFish = R"(# fish completion for PROGRAM: PROGRAM completion fish | source
function __FUNCTION
  set -l words (commandline -opc) (commandline -ct)
  set -l found ($words[1] __complete $words[2..-1] 2>/dev/null)
  test (count $found) -gt 0; or return
  if test (count $found) -eq 1 -a "$found[-1]" = ":0"
    __fish_complete_path (commandline -ct)
  else
    string match -v -r '^:[0-9]+$' -- $found
  end
end
complete -c PROGRAM -f -a '(__FUNCTION)'
)";

}  // namespace

Completion complete(CLI::App& app, const std::vector<std::string>& words) {
  Completion out;
  const std::string start = words.empty() ? "" : words.back();
  if (words.size() < 2) {
    if (start.starts_with('-')) add_options(app, start, out);
    else add_verbs(app, start, out);
    return out;
  }
  CLI::App* verb = verb_named(app, words.front());
  if (!verb) return out;
  // A verb of a verb: "policy explain".
  for (std::size_t at = 1; at + 1 < words.size(); ++at)
    if (auto* inner = verb_named(*verb, words[at])) verb = inner;
  if (const auto* asked = option_of(*verb, words[words.size() - 2]);
      asked && takes_value(*asked) && words[words.size() - 2].find('=') == std::string::npos) {
    add_choices(*asked, "", start, out);
  } else if (const auto equals = start.find('='); start.starts_with("--") && equals != std::string::npos) {
    if (const auto* option = option_of(*verb, start))
      add_choices(*option, start.substr(0, equals + 1), start.substr(equals + 1), out);
  } else if (start.starts_with('-') && start != "-") {
    add_options(*verb, start, out);
  } else if (!verb->get_subcommands({}).empty()) {
    add_verbs(*verb, start, out);
  } else {
    add_positional(*verb, start, out);
  }
  return out;
}

std::string completion_text(const Completion& completion) {
  std::string out;
  for (const auto& [word, description] : completion.candidates)
    out += word + (description.empty() ? "" : "\t" + description) + "\n";
  return out + ":" + std::to_string(static_cast<int>(completion.files)) + "\n";
}

std::string completion_script(const std::string& shell, const std::string& program) {
  const auto* script = shell == "zsh" ? kZsh : shell == "fish" ? kFish : kBash;
  return replaced(replaced(script, "PROGRAM", program), "FUNCTION", replaced(program, "-", "_") + "_complete");
}

}  // namespace launchgate
