#include "edge/telemetry/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "base/json_read.h"
#include "support/temp_dir.h"

namespace launchgate {
namespace {

// A pipe whose reading end is the test's.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe2(ends_, O_CLOEXEC), 0); }
  ~Pipe() {
    close_read();
    close_write();
  }
  int write_end() const { return ends_[1]; }
  void close_read() {
    if (ends_[0] >= 0) ::close(ends_[0]);
    ends_[0] = -1;
  }
  void close_write() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }
  // One line; waits for it. Empty: there will be no more.
  std::string line() {
    while (text_.find('\n') == std::string::npos) {
      char bytes[65536];
      const ssize_t got = ::read(ends_[0], bytes, sizeof bytes);
      if (got <= 0) return {};
      text_.append(bytes, static_cast<std::size_t>(got));
    }
    const std::size_t end = text_.find('\n');
    const std::string line = text_.substr(0, end);
    text_.erase(0, end + 1);
    return line;
  }

 private:
  int ends_[2];
  std::string text_;
};

// Behind the time: `"level":…}`.
std::string without_time(const std::string& line) {
  const auto doc = read_json(line);
  EXPECT_TRUE(doc) << line;
  EXPECT_EQ(line.substr(0, 7), R"({"ts":")");
  EXPECT_EQ(line.substr(11, 1) + line.substr(17, 1) + line.substr(26, 1) + line.substr(30, 3), "-T.Z\",") << line;
  return line.substr(33);
}

TEST(Log, WritesOneObjectALine) {
  Pipe pipe;
  {
    Log log{{.fd = pipe.write_end()}};
    log.info("listening", {{"address", "0.0.0.0"}, {"port", 8443}, {"tls", true}});
    log.warn("quoted \"text\"", {{"file", std::string{"a\nb\t\x01\xff"}}});
    log.error("end");
  }
  EXPECT_EQ(without_time(pipe.line()), R"("level":"info","msg":"listening","address":"0.0.0.0","port":8443,"tls":true})");
  EXPECT_EQ(without_time(pipe.line()), R"("level":"warn","msg":"quoted \"text\"","file":"a\nb\t\u0001)" "\xEF\xBF\xBD\"}");
  EXPECT_EQ(without_time(pipe.line()), R"("level":"error","msg":"end"})");
}

TEST(Log, LeavesOutWhatIsEmptyAndBelowItsLevel) {
  Pipe pipe;
  const std::vector<std::string_view> none, two{"PRR-COST-01", "PRR-OWN-02"};
  {
    Log log{{.level = Level::info, .fd = pipe.write_end()}};
    log.debug("never");
    log.info("decision", {{"user", ""}, {"failed", std::span{none}}, {"gates", std::span{two}}, {"n", -5}});
  }
  EXPECT_EQ(without_time(pipe.line()), R"("level":"info","msg":"decision","gates":["PRR-COST-01","PRR-OWN-02"],"n":-5})");
}

TEST(Log, BoundsATextWithoutBreakingACharacter) {
  Pipe pipe;
  std::string text(Field::kMaxText - 1, 'x');
  text += "\xc3\xa9 and more";                         // é straddles the bound
  {
    Log log{{.fd = pipe.write_end()}};
    log.info("long", {{"text", text}});
  }
  EXPECT_EQ(without_time(pipe.line()), R"("level":"info","msg":"long","text":")" + std::string(Field::kMaxText - 1, 'x') + "…\"}");
}

TEST(Log, ALineLeavesSoonWithoutFurtherOnes) {
  Pipe pipe;
  Log log{{.fd = pipe.write_end()}};
  log.info("alone");
  EXPECT_EQ(without_time(pipe.line()), R"("level":"info","msg":"alone"})");
  const auto before = std::chrono::steady_clock::now();
  log.warn("urgent");
  EXPECT_EQ(without_time(pipe.line()), R"("level":"warn","msg":"urgent"})");
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

TEST(Log, ManyThreadsNeverMixTheirLines) {
  Pipe pipe;
  constexpr int kThreads = 4, kLines = 2000;
  std::thread reader([&] {
    for (int i = 0; i < kThreads * kLines; ++i) EXPECT_TRUE(read_json(pipe.line()));
  });
  {
    Log log{{.fd = pipe.write_end()}};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
      threads.emplace_back([&log, t] {
        for (int i = 0; i < kLines; ++i) log.info("line", {{"thread", t}, {"i", i}});
      });
    for (std::thread& thread : threads) thread.join();
  }
  reader.join();
}

// Whoever logs must not wait for whoever reads.
TEST(Log, AReaderThatStallsStopsNobody) {
  Pipe pipe;
  constexpr std::size_t kLines = 20'000;               // 20 MB, of which the pipe takes 64 KiB and the sink 4 MiB
  std::size_t lines = 0, dropped = 0;
  std::thread reader;
  {
    Log log{{.fd = pipe.write_end()}};
    const std::string text(1000, 'x');
    for (std::size_t i = 0; i < kLines; ++i) log.info("line", {{"text", text}});
    reader = std::thread([&] {
      for (std::string line = pipe.line(); !line.empty(); line = pipe.line()) {
        const auto doc = read_json(line);
        ASSERT_TRUE(doc);
        if (const Node count = doc->root()["count"]) dropped += std::stoul(std::string{count.text()});
        else ++lines;
      }
    });
  }                                                    // what was held back is written
  pipe.close_write();
  reader.join();
  EXPECT_GT(dropped, 10'000u);
  EXPECT_EQ(lines + dropped, kLines);
}

TEST(Log, AReaderThatHasGoneIsNoReasonToDie) {
  Pipe pipe;
  Log log{{.fd = pipe.write_end()}};
  pipe.close_read();
  log.error("to nobody");
  log.error("to nobody");
}

// A file that may grow to some bytes and no further, until there is room again.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(Log, WhatAFullDiskDidNotTakeIsCountedOnceThereIsRoom) {
  const TempDir dir;
  const int fd = ::open(dir.path("log").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  std::size_t written = 0, dropped = 0, torn = 0;
  {
    Log log{{.fd = fd}};
    {
      const SmallDisk disk{5'000};
      for (int i = 0; i < 100; ++i) log.info("line", {{"i", i}, {"text", "neither the first nor the last of its kind"}});
      for (int i = 0; i < 2'000 && std::filesystem::file_size(dir.path("log")) < 5'000; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{10});
      log.warn("lost as well");
      std::this_thread::sleep_for(std::chrono::milliseconds{300});
    }
    log.info("there is room");
  }
  ::close(fd);
  std::ifstream lines(dir.path("log"));
  for (std::string line; std::getline(lines, line);) {
    const auto doc = read_json(line);
    if (!doc) {
      ++torn;
      continue;
    }
    if (const Node count = doc->root()["count"]) {
      const std::string number{count.text()};
      dropped += std::stoul(number);
      EXPECT_EQ(without_time(line), R"("level":"warn","msg":"log records dropped: they could not be written, or not fast enough","count":)" + number + "}");
    } else {
      ++written;
    }
  }
  EXPECT_EQ(torn, 1u) << "the one that filled the disk; none is glued to it";
  EXPECT_GT(dropped, 40u);
  EXPECT_EQ(written + dropped, 102u);
}

TEST(Log, LevelsByName) {
  EXPECT_EQ(parse_level("warn"), Level::warn);
  EXPECT_EQ(to_string(Level::debug), "debug");
  EXPECT_FALSE(parse_level("loud"));
}

}  // namespace
}  // namespace launchgate
