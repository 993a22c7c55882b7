// What is written as YAML is read back as the same value.
#include "base/yaml_write.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/yaml_read.h"
#include "support/docs.h"
#include "support/source_dir.h"

namespace launchgate {
namespace {

std::string written(Node node) {
  std::string out;
  append_yaml(out, node);
  return out;
}

TEST(YamlWrite, ReadsLikeAFileThatAPersonWrote) {
  EXPECT_EQ(written(testing::doc(R"({"kind":"A","spec":{"empty":{},"none":[],"gates":["x","y z"],"items":[{"name":"a","list":[1,true]},[2]],"until":"2026-12-15","text":"a: b\nc"}})").root()),
            "kind: A\n"
            "spec:\n"
            "  empty: {}\n"
            "  none: []\n"
            "  gates:\n"
            "  - x\n"
            "  - \"y z\"\n"
            "  items:\n"
            "  - name: a\n"
            "    list:\n"
            "    - 1\n"
            "    - true\n"
            "  - - 2\n"
            "  until: \"2026-12-15\"\n"
            "  text: \"a: b\\nc\"\n");
}

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(YamlWrite, IsReadBackAsTheSameValue) {
  int files = 0;
  for (const char* folder : {"examples", "policies", "crds"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator{std::filesystem::path{source_dir()} / folder}) {
      if (entry.path().extension() != ".yaml") continue;
      const auto docs = read_yaml(slurp(entry.path()));
      if (!docs) continue;  // examples/broken holds what is no YAML
      ++files;
      for (const Doc& doc : *docs) {
        const auto text = written(doc.root());
        const auto back = read_yaml(text);
        ASSERT_TRUE(back) << entry.path() << ": " << back.error().text();
        EXPECT_EQ(testing::text(back->front().root()), testing::text(doc.root())) << entry.path();
      }
    }
  EXPECT_GE(files, 50);
}

TEST(YamlWrite, QuotesWhatYamlWouldTakeForSomethingElse) {
  for (const char* text : {"yes", "No", "null", "0644", "1e3", "2026-12-15", "", " a", "a ", "#a", "- a", "a: b", "~", "{}", "'", "ü", "a\tb", "y", "True", "0x1f", "1:30"}) {
    const auto back = read_yaml("v: " + yaml_scalar(text) + "\n");
    ASSERT_TRUE(back) << text;
    EXPECT_TRUE(back->front().root()["v"].is_string()) << text;
    EXPECT_EQ(back->front().root()["v"].text(), text);
  }
}

}  // namespace
}  // namespace launchgate
