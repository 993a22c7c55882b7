// The tier: the worked examples, the matrix, every floor, and a second plain implementation of DESIGN §2 that must
// agree over the whole product of answers. Nothing that anybody adds to an answer may lower a tier.
#include "verdict/tier.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::doc_of;
using testing::sentence;
using testing::world;
using testing::yaml;

std::string tier_of(std::string_view use_case, bool worst = false) {
  const Doc spec = doc_of({{"useCase", yaml(use_case)}});
  return sentence(derive_tier(spec.root(), worst));
}

struct Row {
  const char* what;       // for people
  const char* use_case;
  const char* tier;       // "tier | code: reason; code: reason"
};

void check(std::initializer_list<Row> rows, bool worst = false) {
  for (const Row& row : rows) EXPECT_EQ(tier_of(row.use_case, worst), row.tier) << row.what << "\n  " << row.use_case;
}

TEST(Tier, WorkedExamples) {
  check({
      {"Read-only ticket summariser, staff", "{automation: suggest, dataClassification: internal, audience: internal}",
       "low | base: suggest x internal = low"},
      {"Public FAQ bot on public docs", "{automation: suggest, dataClassification: public, audience: public}",
       "moderate | base: suggest x public = low; audience: public audience: +1"},
      {"Support bot reading the customer's account, public", "{automation: suggest, dataClassification: confidential, audience: public}",
       "high | base: suggest x confidential = moderate; audience: public audience: +1"},
      {"Drafts customer mail, agent sends", "{automation: draft, dataClassification: confidential, audience: internal}",
       "moderate | base: draft x confidential = moderate"},
      {"Refund assistant, click-to-approve", "{automation: act-with-approval, dataClassification: confidential, audience: internal}",
       "high | base: act-with-approval x confidential = high"},
      {"Inbox agent that files and replies by itself", "{automation: autonomous, dataClassification: confidential, audience: internal}",
       "critical | base: autonomous x confidential = critical"},
      {"Internal coding agent in a sandbox",
       "{automation: autonomous, dataClassification: internal, audience: internal, tools: [{name: shell.run, effect: code-exec}]}",
       "critical | base: autonomous x internal = high; F1: tool shell.run effect=code-exec"},
      {"CV screening suggestions", "{automation: suggest, dataClassification: confidential, audience: internal, regulatedDomain: employment}",
       "high | base: suggest x confidential = moderate; F3: regulated domain employment"},
      {"Internal search over restricted HR files", "{automation: suggest, dataClassification: restricted, audience: internal}",
       "high | base: suggest x restricted = high"},
      {"Autonomous log triage, opens internal tickets",
       "{automation: autonomous, dataClassification: internal, audience: internal, tools: [{name: tickets.create, effect: write-internal}]}",
       "high | base: autonomous x internal = high"},
      {"Meeting-notes drafter, staff only", "{automation: draft, dataClassification: internal, audience: internal}",
       "low | base: draft x internal = low"},
      {"Drafts replies to partners (human sends)",
       "{automation: draft, dataClassification: internal, audience: internal, tools: [{name: mail.send, effect: external-message, approval: per-action}]}",
       "moderate | base: draft x internal = low; F0: output leaves the organisation (tool mail.send)"},
  });
}

TEST(Tier, MatrixOfAutomationDataAndAudience) {
  // Rows: automation; columns: data public, internal, confidential, restricted. One block for each audience.
  constexpr const char* expected[3][4] = {
      {"L L M H", "L L M H", "M M H C", "H H C C"},   // internal
      {"M M M H", "M M M H", "M M H C", "H H C C"},   // partner: at least moderate
      {"M M H C", "M M H C", "H H C C", "C C C C"},   // public: +1, at least moderate
  };
  constexpr const char *audiences[] = {"internal", "partner", "public"}, *automations[] = {"suggest", "draft", "act-with-approval", "autonomous"},
                       *classes[] = {"public", "internal", "confidential", "restricted"};
  std::array<int, 4> count{};
  for (int a = 0; a < 3; ++a)
    for (int row = 0; row < 4; ++row)
      for (int column = 0; column < 4; ++column) {
        const Doc spec = doc_of({{"useCase", {{"automation", automations[row]}, {"dataClassification", classes[column]}, {"audience", audiences[a]}}}});
        const Tier tier = derive_tier(spec.root()).tier;
        EXPECT_EQ("LMHC"[static_cast<std::size_t>(tier)], expected[a][row][2 * column]) << automations[row] << " x " << classes[column] << ", " << audiences[a];
        ++count[static_cast<std::size_t>(tier)];
      }
  EXPECT_EQ(count, (std::array<int, 4>{4, 16, 14, 14})) << "low, moderate, high, critical of 48";
}

TEST(Tier, Floors) {
  check({
      {"F0: a message to the outside", "{automation: suggest, dataClassification: public, audience: internal, tools: [{name: sms, effect: external-message}]}",
       "moderate | base: suggest x public = low; F0: output leaves the organisation (tool sms)"},
      {"F0 never lowers", "{automation: suggest, dataClassification: restricted, audience: internal, untrustedInput: false, tools: [{name: sms, effect: external-message}]}",
       "high | base: suggest x restricted = high"},
      {"F1: money", "{automation: suggest, dataClassification: public, audience: internal, tools: [{name: pay, effect: money}]}",
       "high | base: suggest x public = low; F1: tool pay effect=money"},
      {"F1: access", "{automation: draft, dataClassification: public, audience: internal, tools: [{name: grant, effect: access}]}",
       "high | base: draft x public = low; F1: tool grant effect=access"},
      {"F1: infra", "{automation: act-with-approval, dataClassification: internal, audience: internal, tools: [{name: apply, effect: infra}]}",
       "high | base: act-with-approval x internal = moderate; F1: tool apply effect=infra"},
      {"F1: code", "{automation: suggest, dataClassification: internal, audience: internal, tools: [{name: py, effect: code-exec}]}",
       "high | base: suggest x internal = low; F1: tool py effect=code-exec"},
      {"F1 by itself: money", "{automation: autonomous, dataClassification: public, audience: internal, tools: [{name: pay, effect: money}]}",
       "critical | base: autonomous x public = high; F1: tool pay effect=money"},
      {"F1: irreversible", "{automation: suggest, dataClassification: public, audience: internal, tools: [{name: purge, effect: write-internal, reversibility: irreversible}]}",
       "high | base: suggest x public = low; F1: tool purge is irreversible"},
      {"F1 by itself: irreversible", "{automation: autonomous, dataClassification: public, audience: internal, tools: [{name: purge, effect: write-internal, reversibility: irreversible}]}",
       "critical | base: autonomous x public = high; F1: tool purge is irreversible"},
      {"F1: messages unattended", "{automation: autonomous, dataClassification: public, audience: internal, tools: [{name: sms, effect: external-message}]}",
       "high | base: autonomous x public = high; F1: tool sms sends external messages unattended"},
      {"F2: untrusted input, confidential data, a tool that writes",
       "{automation: draft, dataClassification: confidential, audience: internal, untrustedInput: true, tools: [{name: note, effect: write-internal}]}",
       "high | base: draft x confidential = moderate; F2: untrusted input, confidential data and a tool that changes state (rule of two)"},
      {"F2 by itself", "{automation: autonomous, dataClassification: confidential, audience: internal, untrustedInput: true, tools: [{name: note, effect: write-internal}]}",
       "critical | base: autonomous x confidential = critical; F2: untrusted input, confidential data and a tool that changes state (rule of two)"},
      {"F2 needs a tool that changes something", "{automation: draft, dataClassification: confidential, audience: internal, untrustedInput: true, tools: [{name: find, effect: read}]}",
       "moderate | base: draft x confidential = moderate"},
      {"F2 needs data that is confidential", "{automation: draft, dataClassification: internal, audience: internal, untrustedInput: true, tools: [{name: note, effect: write-internal}]}",
       "low | base: draft x internal = low"},
      {"F2 needs untrusted input", "{automation: draft, dataClassification: confidential, audience: internal, untrustedInput: false, tools: [{name: note, effect: write-internal}]}",
       "moderate | base: draft x confidential = moderate"},
      {"F2: retrieval is untrusted until said otherwise",
       "{automation: draft, dataClassification: confidential, audience: internal, retrieval: {enabled: true}, tools: [{name: note, effect: write-internal}]}",
       "high | base: draft x confidential = moderate; F2: untrusted input, confidential data and a tool that changes state (rule of two)"},
      {"F2: a tool whose effect nobody said may change something",
       "{automation: draft, dataClassification: confidential, audience: internal, untrustedInput: true, tools: [{name: thing}]}",
       "high | base: draft x confidential = moderate; F2: untrusted input, confidential data and a tool that changes state (rule of two)"},
      {"F3: a regulated domain", "{automation: suggest, dataClassification: public, audience: internal, regulatedDomain: health}",
       "high | base: suggest x public = low; F3: regulated domain health"},
      {"F3 by itself", "{automation: autonomous, dataClassification: public, audience: internal, regulatedDomain: justice}",
       "critical | base: autonomous x public = high; F3: regulated domain justice"},
      {"F3: none is none", "{automation: suggest, dataClassification: public, audience: internal, regulatedDomain: none}", "low | base: suggest x public = low"},
      {"F4: minors", "{automation: suggest, dataClassification: public, audience: internal, dataCategories: [personal, minors]}",
       "high | base: suggest x public = low; F4: data of minors"},
      {"F4 by itself stays high", "{automation: autonomous, dataClassification: public, audience: internal, dataCategories: [minors]}",
       "high | base: autonomous x public = high; F4: data of minors"},
      {"F5: special categories are restricted", "{automation: suggest, dataClassification: public, audience: internal, dataCategories: [special-category]}",
       "high | base: suggest x restricted = high; F5: special-category data counts as restricted"},
      {"F5 by itself", "{automation: autonomous, dataClassification: internal, audience: internal, dataCategories: [special-category]}",
       "critical | base: autonomous x restricted = critical; F5: special-category data counts as restricted"},
      {"other categories raise nothing", "{automation: suggest, dataClassification: internal, audience: internal, dataCategories: [personal, payment, health, credentials, source-code]}",
       "low | base: suggest x internal = low"},
      {"the strongest of several tools counts, wherever it stands",
       "{automation: suggest, dataClassification: public, audience: internal, tools: [{name: find, effect: read}, {name: sms, effect: external-message}, {name: pay, effect: money}]}",
       "high | base: suggest x public = low; F0: output leaves the organisation (tool sms); F1: tool pay effect=money"},
  });
}

TEST(Tier, Scale) {
  const auto with = [](const char* users) {
    return tier_of(std::string{"{automation: suggest, dataClassification: public, audience: internal, monthlyUsers: "} + users + "}");
  };
  for (const char* few : {"0", "1", "9999", "9999.999"}) EXPECT_EQ(with(few), "low | base: suggest x public = low") << few;
  for (const char* many : {"10000", "1.0e4", "999999", "999999.9"})
    EXPECT_EQ(with(many), "moderate | base: suggest x public = low; scale: 10,000 users a month or more") << many;
  for (const char* masses : {"1000000", "1e6", "1000001", "123456789012345678901234567890"})
    EXPECT_EQ(with(masses), "high | base: suggest x public = low; scale: 1,000,000 users a month or more") << masses;
  EXPECT_EQ(tier_of("{automation: autonomous, dataClassification: restricted, audience: internal, monthlyUsers: 5000000}"),
            "critical | base: autonomous x restricted = critical")
      << "scale never lowers";
}

TEST(Tier, AbsentAnswersByDefault) {
  check({
      {"nothing is answered", "{}",
       "moderate | base: suggest x confidential = moderate; missing: automation is not answered: suggest is assumed; "
       "missing: dataClassification is not answered: confidential is assumed; missing: audience is not answered: internal is assumed"},
      {"tools without an automation level act with approval", "{dataClassification: internal, audience: internal, tools: [{name: find, effect: read}]}",
       "moderate | base: act-with-approval x internal = moderate; missing: automation is not answered: act-with-approval is assumed"},
      {"special categories say what the data is", "{automation: suggest, audience: internal, dataCategories: [special-category]}",
       "high | base: suggest x restricted = high; F5: special-category data counts as restricted; "
       "missing: dataClassification is not answered: restricted is assumed"},
      {"untrusted where the audience is not internal", "{automation: draft, dataClassification: confidential, audience: partner, tools: [{name: n, effect: write-internal}]}",
       "high | base: draft x confidential = moderate; audience: partner audience: at least moderate; "
       "F2: untrusted input, confidential data and a tool that changes state (rule of two)"},
      {"null is no answer", "{automation: null, dataClassification: public, audience: internal}",
       "low | base: suggest x public = low; missing: automation is not answered: suggest is assumed"},
  });
  const Doc empty = doc_of(testing::Json::object());
  EXPECT_EQ(to_string(derive_tier(empty.root()).tier), "moderate") << "no useCase at all";
  EXPECT_EQ(to_string(derive_tier(Node{}).tier), "moderate") << "no review at all";
}

TEST(Tier, AbsentAnswersAsTheWorst) {
  check({
            {"nothing is answered", "{}",
             "critical | base: autonomous x restricted = critical; audience: public audience: +1; missing: automation is not answered: autonomous is assumed; "
             "missing: dataClassification is not answered: restricted is assumed; missing: audience is not answered: public is assumed"},
            {"only the audience is open", "{automation: suggest, dataClassification: public}",
             "moderate | base: suggest x public = low; audience: public audience: +1; missing: audience is not answered: public is assumed"},
            {"untrustedInput is open", "{automation: draft, dataClassification: confidential, audience: internal, tools: [{name: n, effect: write-internal}]}",
             "high | base: draft x confidential = moderate; F2: untrusted input, confidential data and a tool that changes state (rule of two)"},
            {"untrustedInput is answered", "{automation: draft, dataClassification: confidential, audience: internal, untrustedInput: false, tools: [{name: n, effect: write-internal}]}",
             "moderate | base: draft x confidential = moderate"},
            {"all is answered: as by default", "{automation: suggest, dataClassification: internal, audience: internal, untrustedInput: false}",
             "low | base: suggest x internal = low"},
        },
        true);
}

TEST(Tier, AWordThatNobodyKnowsCountsAsTheWorst) {
  EXPECT_EQ(tier_of("{automation: telepathic, dataClassification: public, audience: internal}").substr(0, 5), "high ");
  EXPECT_EQ(tier_of("{automation: suggest, dataClassification: cosmic, audience: internal}").substr(0, 5), "high ");
  EXPECT_EQ(tier_of("{automation: suggest, dataClassification: public, audience: everyone}").substr(0, 9), "moderate ");
}

// ---- The whole product, against a second implementation. ----

constexpr std::array<const char*, 4> kAutomations{"suggest", "draft", "act-with-approval", "autonomous"};
constexpr std::array<const char*, 4> kClasses{"public", "internal", "confidential", "restricted"};
constexpr std::array<const char*, 3> kAudiences{"internal", "partner", "public"};
constexpr std::array<const char*, 7> kEffects{"read", "write-internal", "external-message", "money", "access", "code-exec", "infra"};
constexpr std::array<const char*, 3> kUsers{nullptr, "10000", "1000000"};
constexpr unsigned kIrreversible = 1u << 7, kEffectless = 1u << 8;   // beside one bit for each effect

struct Use {
  int automation = -1, data = -1, audience = -1, untrusted = -1;   // -1: not answered
  bool retrieval = false, domain = false, minors = false, special = false, worst = false;
  int users = 0;
  unsigned tools = 0;
};

// DESIGN §2, read out loud.
int reference(const Use& u) {
  const bool tools = u.tools != 0;
  const int automation = u.automation >= 0 ? u.automation : u.worst ? 3 : tools ? 2 : 0;
  int data = u.data >= 0 ? u.data : u.worst ? 3 : 2;
  if (u.special) data = 3;
  const int audience = u.audience >= 0 ? u.audience : u.worst ? 2 : 0;
  const bool untrusted = u.untrusted >= 0 ? u.untrusted == 1 : u.worst || audience != 0 || u.retrieval;
  const bool autonomous = automation == 3;
  constexpr int matrix[4][4] = {{0, 0, 1, 2}, {0, 0, 1, 2}, {1, 1, 2, 3}, {2, 2, 3, 3}};
  int tier = matrix[automation][data];
  const auto at_least = [&](bool when, int floor) {
    if (when && tier < floor) tier = floor;
  };
  if (audience == 2) tier = tier == 3 ? 3 : tier + 1;
  at_least(audience >= 1, 1);
  at_least(u.users >= 1, 1);
  at_least(u.users >= 2, 2);
  const auto has = [&](int effect) { return (u.tools >> effect & 1u) != 0; };
  at_least(has(2), 1);                                                                               // F0
  at_least(has(3) || has(4) || has(5) || has(6) || (u.tools & kIrreversible), autonomous ? 3 : 2);   // F1
  at_least(has(2) && autonomous, 2);
  at_least(untrusted && data >= 2 && (u.tools & ~(1u | kIrreversible)), autonomous ? 3 : 2);         // F2
  at_least(u.domain, autonomous ? 3 : 2);                                                            // F3
  at_least(u.minors, 2);                                                                             // F4
  return tier;
}

void write(const Use& u, Doc& doc) {
  DocBuilder b{doc};
  const auto word = [&](const char* key, const char* value) {
    if (value) b.key(key), b.string(value);
  };
  const auto flag = [&](const char* key, bool value) { b.key(key), b.boolean(value); };
  b.open(Type::Object), b.key("useCase"), b.open(Type::Object);
  word("automation", u.automation < 0 ? nullptr : kAutomations[static_cast<std::size_t>(u.automation)]);
  word("dataClassification", u.data < 0 ? nullptr : kClasses[static_cast<std::size_t>(u.data)]);
  word("audience", u.audience < 0 ? nullptr : kAudiences[static_cast<std::size_t>(u.audience)]);
  if (u.untrusted >= 0) flag("untrustedInput", u.untrusted == 1);
  if (u.retrieval) b.key("retrieval"), b.open(Type::Object), flag("enabled", true), (void)b.close();
  if (u.users) b.key("monthlyUsers"), b.scalar(Type::Number, kUsers[static_cast<std::size_t>(u.users)]);
  word("regulatedDomain", u.domain ? "education" : nullptr);
  b.key("dataCategories"), b.open(Type::Array);
  if (u.minors) b.string("minors");
  if (u.special) b.string("special-category");
  (void)b.close();
  b.key("tools"), b.open(Type::Array);
  const auto tool = [&](const char* effect, const char* reversibility) {
    b.open(Type::Object), word("name", "t"), word("effect", effect), word("reversibility", reversibility), (void)b.close();
  };
  for (unsigned i = 0; i < kEffects.size(); ++i)
    if (u.tools >> i & 1u) tool(kEffects[i], nullptr);
  // An irreversible read exists nowhere; it shows that the two answers count each by itself.
  if (u.tools & kIrreversible) tool("read", "irreversible");
  if (u.tools & kEffectless) tool(nullptr, nullptr);
  (void)b.close(), (void)b.close(), (void)b.close();
}

std::string describe(const Use& u) {
  Doc doc;
  write(u, doc);
  return testing::text(doc.root()) + (u.worst ? " unknownAxis: worst" : "");
}

// A product of axes in mixed radix, with the tier of every point.
struct Axis {
  const char* name;
  int size;
  void (*set)(Use&, int);
  std::vector<std::pair<int, int>> raises;   // from a value to one that must not be judged lower
};

class Product {
 public:
  explicit Product(std::vector<Axis> axes) : axes_(std::move(axes)) {
    std::size_t all = 1;
    for (const Axis& a : axes_) strides_.push_back(all), all *= static_cast<std::size_t>(a.size);
    tiers_.resize(all);
    Doc doc;
    for (std::size_t i = 0; i < all; ++i) {
      const Use u = at(i);
      write(u, doc);
      tiers_[i] = static_cast<int>(derive_tier(doc.root(), u.worst).tier);
    }
  }
  void agrees_with_the_reference() const {
    int wrong = 0;
    for (std::size_t i = 0; i < tiers_.size() && wrong < 5; ++i)
      if (const int want = reference(at(i)); want != tiers_[i]) {
        ADD_FAILURE() << describe(at(i)) << " is " << to_string(static_cast<Tier>(tiers_[i])) << ", the reference says " << to_string(static_cast<Tier>(want));
        ++wrong;
      }
  }
  void never_lowers() const {
    int wrong = 0;
    std::vector<std::vector<std::vector<int>>> raises;   // by axis and value
    for (const Axis& a : axes_) {
      raises.emplace_back(static_cast<std::size_t>(a.size));
      for (const auto& [from, to] : a.raises) raises.back()[static_cast<std::size_t>(from)].push_back(to);
    }
    for (std::size_t i = 0; i < tiers_.size() && wrong < 5; ++i)
      for (std::size_t a = 0; a < axes_.size(); ++a)
        for (const int from = value(i, a); const int to : raises[a][static_cast<std::size_t>(from)]) {
          const auto raised = i + static_cast<std::size_t>(to - from) * strides_[a];
          if (tiers_[raised] >= tiers_[i]) continue;
          ADD_FAILURE() << axes_[a].name << " lowers " << describe(at(i)) << " to " << describe(at(raised));
          ++wrong;
        }
  }

 private:
  int value(std::size_t i, std::size_t axis) const { return static_cast<int>(i / strides_[axis] % static_cast<std::size_t>(axes_[axis].size)); }
  Use at(std::size_t i) const {
    Use u;
    for (std::size_t a = 0; a < axes_.size(); ++a) axes_[a].set(u, value(i, a));
    return u;
  }
  std::vector<Axis> axes_;
  std::vector<std::size_t> strides_;
  std::vector<int> tiers_;
};

// Value 0 is "not answered" where an answer may be missing.
const Axis automation{"automation", 5, [](Use& u, int v) { u.automation = v - 1; }, {{1, 2}, {2, 3}, {3, 4}}};
const Axis data{"dataClassification", 5, [](Use& u, int v) { u.data = v - 1; }, {{1, 2}, {2, 3}, {3, 4}}};
const Axis audience{"audience", 4, [](Use& u, int v) { u.audience = v - 1; }, {{1, 2}, {2, 3}}};
const Axis untrusted{"untrustedInput", 3, [](Use& u, int v) { u.untrusted = v - 1; }, {{1, 2}, {1, 0}, {0, 2}}};
const Axis retrieval{"retrieval", 2, [](Use& u, int v) { u.retrieval = v != 0; }, {{0, 1}}};
const Axis users{"monthlyUsers", 3, [](Use& u, int v) { u.users = v; }, {{0, 1}, {1, 2}}};
const Axis domain{"regulatedDomain", 2, [](Use& u, int v) { u.domain = v != 0; }, {{0, 1}}};
const Axis minors{"minors", 2, [](Use& u, int v) { u.minors = v != 0; }, {{0, 1}}};
const Axis special{"special-category", 2, [](Use& u, int v) { u.special = v != 0; }, {{0, 1}}};
const Axis worst{"unknownAxis: worst", 2, [](Use& u, int v) { u.worst = v != 0; }, {{0, 1}}};

// No tool, one of each effect, each of them irreversible, and one whose effect nobody said.
Axis one_tool() {
  Axis axis{"a tool", 16, [](Use& u, int v) { u.tools = v == 0 ? 0u : v == 15 ? kEffectless : v < 8 ? 1u << (v - 1) : (1u << (v - 8)) | kIrreversible; }, {}};
  for (int v = 1; v < 16; ++v) axis.raises.push_back({0, v});
  for (int v = 1; v < 8; ++v) {
    axis.raises.push_back({v, v + 7});                  // reversible -> irreversible
    if (v > 1) axis.raises.push_back({1, v});           // read -> anything else
  }
  return axis;
}

Axis set_of_tools() {
  Axis axis{"a set of tools", 512, [](Use& u, int v) { u.tools = static_cast<unsigned>(v); }, {}};
  for (int v = 0; v < 512; ++v)
    for (int bit = 0; bit < 9; ++bit)
      if (!(v >> bit & 1)) axis.raises.push_back({v, v | 1 << bit});
  return axis;
}

const Product& answers() {
  static const Product all{{automation, data, audience, untrusted, retrieval, users, one_tool(), domain, minors, special, worst}};
  return all;
}
const Product& toolboxes() {
  static const Product all{{set_of_tools(), automation, data, audience, untrusted, worst}};
  return all;
}

TEST(TierProduct, EveryAnswerAgreesWithTheReference) { answers().agrees_with_the_reference(); }
TEST(TierProduct, EveryToolboxAgreesWithTheReference) { toolboxes().agrees_with_the_reference(); }
TEST(TierProduct, RaisingAnAnswerNeverLowersTheTier) { answers().never_lowers(); }
TEST(TierProduct, AddingAToolNeverLowersTheTier) { toolboxes().never_lowers(); }

// ---- Policy floors and what the review declares: both only raise. ----

TEST(Tier, PolicyFloorsAndDeclaredTierOnlyRaise) {
  constexpr const char* uses[] = {"{automation: suggest, dataClassification: internal, audience: internal}",
                                  "{automation: draft, dataClassification: confidential, audience: internal}",
                                  "{automation: autonomous, dataClassification: internal, audience: internal}",
                                  "{automation: autonomous, dataClassification: restricted, audience: internal}"};
  for (int floor = 0; floor < 5; ++floor) {
    std::string policy = "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {tierFloors: [";
    if (floor < 4) policy += "{minTier: " + std::string{to_string(static_cast<Tier>(floor))} + "}";
    const auto snapshot = world(policy + "]}}");
    const PolicySet policies{*snapshot, "shop", {}};
    for (int derived = 0; derived < 4; ++derived)
      for (int declared = 0; declared < 5; ++declared) {
        testing::Json spec = {{"useCase", yaml(uses[derived])}};
        if (declared < 4) spec["declaredTier"] = to_string(static_cast<Tier>(declared));
        const Doc doc = doc_of(spec);
        const Tiering t = effective_tier(*snapshot, policies, "shop", {}, doc.root());
        const int under = std::max(derived, floor < 4 ? floor : 0), want = std::max(under, declared < 4 ? declared : 0);
        EXPECT_EQ(static_cast<int>(t.tier), want) << "derived " << derived << ", floor " << floor << ", declared " << declared;
        EXPECT_EQ(static_cast<int>(t.derived), under) << "what the declaration is measured against includes the floors";
        EXPECT_EQ(t.reasons.size(), 1u + (floor < 4 && floor > derived) + (declared < 4 && declared > under)) << sentence(t);
      }
  }
}

TEST(Tier, PolicyFloorsByPlace) {
  const auto snapshot = world(R"(
apiVersion: v1
kind: Namespace
metadata: {name: bank, labels: {zone: regulated}}
---
apiVersion: launchgate.dev/v1alpha1
kind: ReadinessPolicy
metadata: {name: a}
spec:
  tierFloors:
  - {namespaceSelector: {matchLabels: {zone: regulated}}, minTier: moderate, reason: the regulator reads along}
  - {workloadSelector: {matchLabels: {exposed: "yes"}}, minTier: high}
---
apiVersion: launchgate.dev/v1alpha1
kind: ReadinessPolicy
metadata: {name: b}
spec:
  tierFloors: [{namespaceSelector: {matchLabels: {zone: regulated}}, workloadSelector: {matchLabels: {core: "yes"}}, minTier: critical}]
)");
  const Doc spec = doc_of({{"useCase", yaml("{automation: suggest, dataClassification: internal, audience: internal}")}});
  const auto in = [&](const char* ns, const char* labels) {
    const Doc l = doc_of(yaml(labels));
    return sentence(effective_tier(*snapshot, PolicySet{*snapshot, ns, l.root()}, ns, l.root(), spec.root()));
  };
  const std::string base = " | base: suggest x internal = low";
  EXPECT_EQ(in("shop", "{}"), "low" + base);
  EXPECT_EQ(in("unheard-of", "{core: yes}"), "low" + base) << "a namespace that nobody knows has no labels";
  EXPECT_EQ(in("bank", "{}"), "moderate" + base + "; F6: ReadinessPolicy a asks for at least moderate: the regulator reads along");
  EXPECT_EQ(in("shop", "{exposed: \"yes\"}"), "high" + base + "; F6: ReadinessPolicy a asks for at least high");
  EXPECT_EQ(in("bank", "{core: \"yes\"}"), "critical" + base + "; F6: ReadinessPolicy a asks for at least moderate: the regulator reads along; "
                                                               "F6: ReadinessPolicy b asks for at least critical");
}

}  // namespace
}  // namespace launchgate
