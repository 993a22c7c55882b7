// The parameters of gates: one table, and nothing that a gate reads beside it.
#include "gates/params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "gates/table.h"
#include "support/docs.h"
#include "support/source_dir.h"

namespace launchgate {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in{path};
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

const fs::path kFloors = fs::path{source_dir()} / "webhook";

// Calls visit(file name, text) for the sources of gates/ and verdict/ but the table's own.
template <class Visit>
void each_source(Visit visit) {
  for (const char* floor : {"gates", "verdict"})
    for (const auto& file : fs::directory_iterator{kFloors / floor})
      if (file.path().stem() != "params") visit(file.path().filename().string(), slurp(file.path()));
}

TEST(Params, GatesReadNoneThatIsNotInTheTable) {
  each_source([&](const std::string& file, const std::string& text) {
    for (const char* other : {"params[", "params_[", "params.at(", "params_.at("})
      EXPECT_EQ(text.find(other), std::string::npos)
          << file << " reads a parameter by itself: give it a row in gates/params.cpp, and read it with param(), flag(), word() or number()";
  });
}

// "Param::MaxGap" of a text -> maxGap
std::set<std::string> read_in(const std::string& text) {
  std::set<std::string> out;
  const std::string mark = "Param::";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const auto begin = at + mark.size();
    auto end = begin;
    while (std::isalnum(static_cast<unsigned char>(text[end]))) ++end;
    std::string name = text.substr(begin, end - begin);
    name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
    out.insert(name);
  }
  return out;
}

TEST(Params, AGateReadsItsOwnAndEveryRowIsRead) {
  std::set<std::string> read;
  each_source([&](const std::string& file, const std::string& text) {
    const auto id = text.substr(0, 7) == "// PRR-" ? text.substr(3, text.find(' ', 3) - 3) : std::string{};
    for (const std::string& name : read_in(text)) {
      read.insert(name);
      for (const ParamRow& row : param_table())
        EXPECT_TRUE(row.name != name || id.empty() || row.taken_by(id)) << file << " reads " << name << ", which gates/params.cpp gives to " << row.gate;
    }
  });
  for (const ParamRow& row : param_table()) EXPECT_TRUE(read.count(std::string{row.name})) << "nothing reads " << row.name << ": remove its row from gates/params.cpp";
}

TEST(Params, TheTableIsSound) {
  std::set<std::string_view> names;
  for (const ParamRow& row : param_table()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name << " stands twice";
    EXPECT_TRUE(row.gate.empty() || (find_gate(row.gate) && gate_table()[*find_gate(row.gate)].id == row.gate)) << row.name;
    EXPECT_FALSE(row.meaning.empty() || row.absent.empty() || row.unread.empty()) << row.name;
    EXPECT_EQ(row.type == ParamType::Word, !row.words.empty()) << row.name;
    EXPECT_TRUE(row.type != ParamType::Flag || row.absent == "true" || row.absent == "false") << row.name;
    EXPECT_TRUE(row.type != ParamType::Word || row.words.substr(0, row.absent.size()) == row.absent) << row.name << ": the laxer word is the first";
  }
  EXPECT_EQ(row_of(Param::Waivable).name, "waivable");
  EXPECT_EQ(row_of(Param::MaxTtlDays).name, "maxTtlDays");
}

std::string fault(Param which, std::string_view json) {
  const Doc doc = testing::doc("{\"v\":" + std::string{json} + "}");
  return fault_of(row_of(which), doc.root()["v"]).value_or("");
}

TEST(Params, AWrongValueIsNamedWithWhatIsExpected) {
  EXPECT_EQ(fault(Param::Waivable, "false"), "");
  EXPECT_EQ(fault(Param::Waivable, R"("false")"), "is the text \"false\": expected true or false, without quotes");
  EXPECT_EQ(fault(Param::Waivable, R"("never")"), "is the text \"never\": expected true or false");
  EXPECT_EQ(fault(Param::Waivable, "0"), "is 0: expected true or false");
  EXPECT_EQ(fault(Param::Waivable, "null"), "is empty: expected true or false");
  EXPECT_EQ(fault(Param::Unknown, R"("block")"), "");
  EXPECT_EQ(fault(Param::Unknown, R"("deny")"), "is the text \"deny\": expected one of warn, block");
  EXPECT_EQ(fault(Param::Unknown, "true"), "is true: expected one of warn, block");
  EXPECT_EQ(fault(Param::Approvers, "2"), "");
  EXPECT_EQ(fault(Param::Approvers, R"("2")"), "is the text \"2\": expected a whole number, without quotes");
  EXPECT_EQ(fault(Param::Approvers, "1.5"), "is 1.5: expected a whole number");
  EXPECT_EQ(fault(Param::Approvers, "-1"), "is -1: expected a whole number");
  EXPECT_EQ(fault(Param::MaxGap, "0.1"), "");
  EXPECT_EQ(fault(Param::MaxGap, R"("a tenth")"), "is the text \"a tenth\": expected a number");
  EXPECT_EQ(fault(Param::AllowedUrls, R"(["https://a"])"), "");
  EXPECT_EQ(fault(Param::AllowedUrls, R"("https://a")"), "is the text \"https://a\": expected a list of texts");
  EXPECT_EQ(fault(Param::AllowedUrls, "[7]"), "is of type array: expected a list of texts");
  EXPECT_EQ(fault(Param::HighRoles, "2"), "");
  EXPECT_EQ(fault(Param::HighRoles, R"(["risk|legal"])"), "");
  EXPECT_EQ(fault(Param::HighRoles, R"("risk")"), "is the text \"risk\": expected a whole number or a list of texts");
  EXPECT_EQ(fault(Param::Thresholds, R"([{"metric":"a","op":">=","value":0.9}])"), "");
  EXPECT_EQ(fault(Param::Thresholds, R"([{"metric":"a","op":"=>","value":0.9}])"), "is of type array: expected a list of {metric, op: >=|>|<=|<|==, value: a number}");
  EXPECT_THAT(fault(Param::Unknown, R"("ghp_16C7e42F292c6912E7710c838347Ae178B4a")"), ::testing::Not(::testing::HasSubstr("ghp_")));
}

TEST(Params, WhatCannotBeReadCountsAsTheStricter) {
  const Doc none = testing::doc("{}"), wrong = testing::doc(R"({"waivable":"false","signed":"yes","unknown":"deny","approval":"perAction","approvers":"two","allowedUrls":"https://a"})"),
            empty = testing::doc(R"({"waivable":null,"unknown":null})"), good = testing::doc(R"({"waivable":true,"signed":false,"unknown":"warn","approval":"threshold","approvers":2})");
  EXPECT_TRUE(flag(none.root(), Param::Waivable));
  EXPECT_TRUE(flag(good.root(), Param::Waivable));
  EXPECT_FALSE(flag(wrong.root(), Param::Waivable));
  EXPECT_FALSE(flag(empty.root(), Param::Waivable));
  EXPECT_FALSE(flag(none.root(), Param::Signed));
  EXPECT_FALSE(flag(good.root(), Param::Signed));
  EXPECT_TRUE(flag(wrong.root(), Param::Signed));
  EXPECT_EQ(word(none.root(), Param::Unknown), "warn");
  EXPECT_EQ(word(good.root(), Param::Unknown), "warn");
  EXPECT_EQ(word(wrong.root(), Param::Unknown), "block");
  EXPECT_EQ(word(empty.root(), Param::Unknown), "block");
  EXPECT_EQ(word(wrong.root(), Param::Approval), "per-action");
  EXPECT_EQ(number(good.root(), Param::Approvers), 2.0);
  EXPECT_EQ(number(none.root(), Param::Approvers), std::nullopt);
  EXPECT_EQ(number(wrong.root(), Param::Approvers), std::nullopt);
  EXPECT_EQ(number(testing::doc(R"({"approvers":"2"})").root(), Param::Approvers), 2.0) << "what is meant is plain";
  EXPECT_FALSE(unreadable_list(none.root(), Param::AllowedUrls));
  EXPECT_TRUE(unreadable_list(wrong.root(), Param::AllowedUrls));
}

}  // namespace
}  // namespace launchgate
