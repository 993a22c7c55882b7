// Shell completion, from the very definitions that parse the command line.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace launchgate {

// Whether the shell may offer file names where there are no candidates: cobra's directives, which kubectl reads too.
enum class Files : int { Offered = 0, None = 4 };

struct Completion {
  std::vector<std::pair<std::string, std::string>> candidates;  // the word, and what it is
  Files files = Files::Offered;
};

// What may stand in place of the last of `words` (those after the program's name; the last one may be empty).
Completion complete(CLI::App& app, const std::vector<std::string>& words);

// "word<tab>description" lines and ":<directive>", as `kubectl` expects of a plugin's kubectl_complete-… command.
std::string completion_text(const Completion& completion);

// The script that teaches a shell (bash, zsh, fish) to ask `program __complete WORD…`.
std::string completion_script(const std::string& shell, const std::string& program);

}  // namespace launchgate
