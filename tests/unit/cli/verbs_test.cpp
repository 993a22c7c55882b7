// What holds for the options of every verb, those of `serve` among them.
#include "cli/verbs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "serve/command.h"
#include "serve/every_metric.h"

namespace launchgate {
namespace {

using Words = std::vector<std::string>;

// The whole command line.
struct App {
  App() {
    add_verbs(app, code, "launchgate", [](CLI::App& to, int& into) { add_serve(to, into), add_every_metric(to, into); });
  }
  // Words go to their options before it is found that one is unknown, and so no verb runs.
  void parse(Words words) {
    words.emplace_back("--no-such-option");
    std::reverse(words.begin(), words.end());
    try { app.parse(words); } catch (const CLI::ParseError&) {}
  }
  CLI::App app{"test", "launchgate"};
  int code = 0;
};

CLI::App& at(CLI::App& app, const Words& path) {
  CLI::App* verb = &app;
  for (const std::string& name : path) verb = verb->get_subcommand(name);
  return *verb;
}

// Every verb, as the words that choose it.
std::vector<Words> verbs_of(const CLI::App& app, const Words& path = {}) {
  std::vector<Words> out;
  for (const CLI::App* verb : app.get_subcommands({})) {
    Words to = path;
    to.push_back(verb->get_name());
    for (Words& deeper : verbs_of(*verb, to)) out.push_back(std::move(deeper));
    out.push_back(std::move(to));
  }
  return out;
}

// Options that keep what each occurrence says.
Words repeatable(CLI::App& verb) {
  Words out;
  for (const CLI::Option* o : verb.get_options())
    if (!o->get_positional() && o->get_expected_max() > 1) out.push_back("--" + o->get_lnames().front());
  return out;
}

TEST(Verbs, AnOptionBeforeThePositionalsLeavesThemAlone) {
  std::size_t tried = 0;
  App all;
  for (const Words& path : verbs_of(all.app))
    for (const std::string& option : repeatable(at(all.app, path))) {
      App app;
      Words words = path;
      for (const char* word : {option.c_str(), "one", option.c_str(), "two", "three", "four"}) words.emplace_back(word);
      app.parse(words);
      EXPECT_EQ(at(app.app, path).get_option(option)->results(), (Words{"one", "two"})) << ::testing::PrintToString(words);
      ++tried;
    }
  EXPECT_GE(tried, 14u);
}

TEST(Verbs, ThePositionalsMayComeLast) {
  const struct {
    Words words;
    const char* option;
    Words expected;
  } rows[] = {
      {{"check", "--from", "reviews", "a", "b"}, "PATH", {"a", "b"}},
      {{"check", "a", "--from", "reviews", "b"}, "PATH", {"a", "b"}},
      {{"admit", "--from", "reviews", "request.json"}, "FILE", {"request.json"}},
      {{"tier", "--from", "profiles", "review.yaml"}, "FILE", {"review.yaml"}},
      {{"approve", "--from", "reviews", "faq-bot", "--role", "peer"}, "REVIEW", {"faq-bot"}},
      {{"waive", "--gate", "PRR-COST-01", "faq-bot", "--for", "14d"}, "REVIEW", {"faq-bot"}},
      {{"waive", "--also", "ana", "faq-bot"}, "REVIEW", {"faq-bot"}},
      {{"renew", "--set", "spec.a=1", "--set", "spec.b=2", "faq-bot"}, "REVIEW", {"faq-bot"}},
  };
  for (const auto& row : rows) {
    App app;
    app.parse(row.words);
    EXPECT_EQ(at(app.app, {row.words.front()}).get_option(row.option)->results(), row.expected)
        << ::testing::PrintToString(row.words);
  }
}

TEST(Verbs, AnOptionIsShownAsItIsTyped) {
  App all;
  for (const Words& path : verbs_of(all.app))
    for (const CLI::Option* o : at(all.app, path).get_options())
      EXPECT_EQ(o->get_name(false, true).find_first_of("{!"), std::string::npos) << o->get_name(false, true);
}

}  // namespace
}  // namespace launchgate
