// answer() alone, no socket: what one judgement costs among 10 to 100,000 reviews, and what they weigh in memory.
// Usage: answer_bench EXAMPLE_DIR REQUEST.json [REVIEWS...]. Prints one row a store size; ratios are to the smallest.
// BATCHES=1 in the environment: one batch of 200 instead of 60, for callgrind.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/json_read.h"
#include "base/json_write.h"
#include "wire/answer.h"
#include "wire/source.h"

namespace {

using namespace launchgate;
using Clock = std::chrono::steady_clock;

std::string slurp(const std::string& path) {
  std::ifstream in{path};
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::size_t resident_kib() {
  std::ifstream in{"/proc/self/statm"};
  std::size_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 1024;
}

std::vector<SourceObject> read_folder(const std::string& folder) {
  std::vector<SourceObject> out;
  for (const auto& file : std::filesystem::directory_iterator{folder}) {
    auto read = read_source(file.path().string(), slurp(file.path().string()));
    if (!read) std::fprintf(stderr, "%s\n", read.error().text().c_str()), std::exit(2);
    out.insert(out.end(), read->begin(), read->end());
  }
  return out;
}

// The example's review under another name, covering another workload: as large as a real one.
SourceObject another(const SourceObject& review, std::size_t n) {
  std::string text;
  append_json(text, review.object->root());
  const std::string old{review.object->root()["metadata"]["name"].text()};
  const std::string fresh = "app-" + std::to_string(n);
  for (std::string quoted = "\"name\":\"" + old + "\""; auto at = text.find(quoted);) {
    if (at == std::string::npos) break;
    text.replace(at, quoted.size(), "\"name\":\"" + fresh + "\"");
  }
  auto read = read_source("generated.json", text);
  if (!read) std::fprintf(stderr, "%s\n", read.error().text().c_str()), std::exit(2);
  return read->front();
}

struct Timing {
  double median_ns, p99_ns;
};

Timing measure(const std::string& body, const Snapshot& world, TimePoint now, bool expect) {
  Exchange exchange;
  std::string out;
  static const char* const wanted = std::getenv("BATCHES");
  constexpr int batch = 200;
  const int batches = wanted ? std::max(1, std::atoi(wanted)) : 60;
  std::vector<double> each;
  for (int b = 0; b < batches; ++b) {
    const auto start = Clock::now();
    for (int i = 0; i < batch; ++i) answer(body, world, now, nullptr, exchange, out);
    each.push_back(std::chrono::duration<double, std::nano>(Clock::now() - start).count() / batch);
  }
  if ((out.find("\"allowed\":true") != std::string::npos) != expect) {
    std::fprintf(stderr, "unexpected answer: %s\n", out.c_str());
    std::exit(1);
  }
  std::sort(each.begin(), each.end());
  return {each[each.size() / 2], each[each.size() * 99 / 100]};
}

// The first judgement of a review after a change of the snapshot: nothing is remembered for it yet.
double first_us(const std::string& body, const std::vector<SourceObject>& objects, TimePoint now) {
  Exchange exchange;
  std::string out;
  std::vector<double> each;
  for (int i = 0; i < 101; ++i) {
    const auto world = build_snapshot(assemble(objects));
    const auto start = Clock::now();
    answer(body, *world, now, nullptr, exchange, out);
    each.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  std::sort(each.begin(), each.end());
  return each[each.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: answer_bench EXAMPLE_DIR REQUEST.json [REVIEWS...]\n"), 2;
  const auto objects = read_folder(argv[1]);
  const auto review = std::find_if(objects.begin(), objects.end(),
                                   [](const auto& o) { return o.object->root()["kind"].text() == "ReadinessReview"; });
  std::string allowed = slurp(argv[2]), denied = allowed;
  const auto name = std::string{review->object->root()["spec"]["covers"].at(0)["name"].text()};
  for (std::size_t at = 0; (at = denied.find(name, at)) != std::string::npos; ++at)
    denied.replace(at, name.size(), "x" + name.substr(1));
  allowed.reserve(allowed.size() + kJsonPadding);
  denied.reserve(denied.size() + kJsonPadding);
  const auto now = *parse_time("2026-11-24T12:00:00Z");
  std::vector<std::size_t> sizes;
  for (int i = 3; i < argc; ++i) sizes.push_back(std::strtoul(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {10, 1000, 10000, 100000};
  std::printf("the first judgement of a review in a snapshot: %.2f us (median of 101)\n",
              first_us(allowed, objects, now));
  std::printf("%9s %12s %10s %8s %12s %10s %8s %10s\n", "reviews", "allow us", "p99 us", "ratio", "deny us", "p99 us",
              "ratio", "RSS MiB");
  double first_allow = 0, first_deny = 0;
  for (std::size_t n : sizes) {
    auto all = objects;
    for (std::size_t i = all.size(); i < n + objects.size(); ++i) all.push_back(another(*review, i));
    const auto world = build_snapshot(assemble(all));
    const auto allow = measure(allowed, *world, now, true);
    const auto deny = measure(denied, *world, now, false);
    if (first_allow == 0) first_allow = allow.median_ns, first_deny = deny.median_ns;
    std::printf("%9zu %12.2f %10.2f %8.2f %12.2f %10.2f %8.2f %10.1f\n", n, allow.median_ns / 1e3, allow.p99_ns / 1e3,
                allow.median_ns / first_allow, deny.median_ns / 1e3, deny.p99_ns / 1e3, deny.median_ns / first_deny,
                static_cast<double>(resident_kib()) / 1024);
  }
  return 0;
}
