// What a shell is offered, for command lines as people type them.
#include "cli/complete.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

namespace launchgate {
namespace {

struct App {
  App() {
    auto* check = app.add_subcommand("check", "Judge manifests");
    check->add_option("PATH", paths, "Files")->type_name("");
    check->add_option("-o,--output", output, "The format")->check(CLI::IsMember({"text", "json", "junit"}));
    check->add_option("--from", from, "Folder")->type_name("DIR");
    check->add_option("--now", now, "Date")->type_name("TIME");
    check->add_flag("--quiet", quiet, "Say nothing");
    app.add_subcommand("completion", "Print a script")->add_option("SHELL", shell, "Which")->check(CLI::IsMember({"bash", "zsh"}));
    auto* policy = app.add_subcommand("policy", "Explain policies");
    policy->add_subcommand("explain", "Who set what")->add_option("--from", from, "Folder")->type_name("DIR");
    app.add_subcommand("hidden", "Not for people")->group("");
  }
  CLI::App app{"test", "launchgate"};
  std::vector<std::string> paths;
  std::string output, from, now, shell;
  bool quiet = false;
};

TEST(Complete, CommandLines) {
  struct Row {
    std::vector<std::string> words;
    const char* expected;
  };
  const Row rows[] = {
      {{""}, "check\tJudge manifests|completion\tPrint a script|policy\tExplain policies|:4|"},
      {{"che"}, "check\tJudge manifests|:4|"},
      {{"x"}, ":4|"},
      {{"check", ""}, ":0|"},
      {{"check", "-"}, ":0|"},
      {{"check", "--"}, "--help\tPrint this help message and exit|--output\tThe format|--from\tFolder|--now\tDate|--quiet\tSay nothing|:0|"},
      {{"check", "--fr"}, "--from\tFolder|:0|"},
      {{"check", "-o", ""}, "text|json|junit|:4|"},
      {{"check", "--output", "j"}, "json|junit|:4|"},
      {{"check", "--output=j"}, "--output=json|--output=junit|:4|"},
      {{"check", "--from", ""}, ":0|"},
      {{"check", "--now", ""}, ":4|"},
      {{"check", "--quiet", ""}, ":0|"},
      {{"check", "app/", "-o", "x"}, ":4|"},
      {{"completion", ""}, "bash|zsh|:4|"},
      {{"completion", "z"}, "zsh|:4|"},
      {{"policy", ""}, "explain\tWho set what|:4|"},
      {{"policy", "e"}, "explain\tWho set what|:4|"},
      {{"policy", "--"}, "--help\tPrint this help message and exit|:0|"},
      {{"policy", "explain", ""}, ":4|"},
      {{"policy", "explain", "--f"}, "--from\tFolder|:0|"},
      {{"policy", "explain", "--from", ""}, ":0|"},
      {{"nothing", ""}, ":0|"},
      {{}, "check\tJudge manifests|completion\tPrint a script|policy\tExplain policies|:4|"},
  };
  App app;
  for (const Row& row : rows) {
    auto text = completion_text(complete(app.app, row.words));
    std::replace(text.begin(), text.end(), '\n', '|');
    EXPECT_EQ(text, row.expected) << ::testing::PrintToString(row.words);
  }
}

TEST(Complete, TheScriptsNameTheProgram) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const auto script = completion_script(shell, "kubectl-launchgate");
    EXPECT_THAT(script, ::testing::HasSubstr("kubectl_launchgate_complete")) << shell;
    EXPECT_THAT(script, ::testing::Not(::testing::HasSubstr("PROGRAM")));
    EXPECT_THAT(script, ::testing::Not(::testing::HasSubstr("FUNCTION")));
  }
}

}  // namespace
}  // namespace launchgate
