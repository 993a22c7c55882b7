#include "edge/kube/spawn.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

extern char** environ;

namespace launchgate::kube {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMost = 1u << 20;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> environment(const std::vector<std::pair<std::string, std::string>>& more) {
  std::vector<std::string> out;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text{*entry};
    bool replaced = false;
    for (const auto& [key, value] : more) replaced |= text.substr(0, text.find('=')) == key;
    if (!replaced) out.emplace_back(text);
  }
  for (const auto& [key, value] : more) out.push_back(key + "=" + value);
  return out;
}

// What it prints; nothing: too late or too much.
bool collect(int fd, Clock::time_point until, std::string& out) {
  std::array<char, 4096> buffer;
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd wait{fd, POLLIN, 0};
    if (left <= 0) return false;
    if (::poll(&wait, 1, static_cast<int>(left)) <= 0) continue;
    const auto got = ::read(fd, buffer.data(), buffer.size());
    if (got == 0) return true;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 || out.size() + static_cast<std::size_t>(got) > kMost) return false;
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

// Its own signal mask and group: it must not inherit signals that we hold back.
struct Attributes {
  posix_spawnattr_t value;
  posix_spawn_file_actions_t actions;
  Attributes(int out) {
    posix_spawnattr_init(&value);
    posix_spawn_file_actions_init(&actions);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&value, &none);
    posix_spawnattr_setflags(&value, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
  }
  ~Attributes() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&value);
  }
};

}  // namespace

Result<std::string> spawn(const std::string& command, const std::vector<std::string>& args,
                          const std::vector<std::pair<std::string, std::string>>& env, std::chrono::seconds patience) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return Error{std::string{"cannot be run: "} + std::strerror(errno)};
  std::vector<std::string> words{command};
  words.insert(words.end(), args.begin(), args.end());
  std::vector<std::string> settings = environment(env);
  const auto argv = pointers(words), envp = pointers(settings);
  pid_t pid = 0;
  int failed;
  {
    const Attributes attributes{ends[1]};
    failed = ::posix_spawnp(&pid, command.c_str(), &attributes.actions, &attributes.value, argv.data(), envp.data());
  }
  ::close(ends[1]);
  std::string out;
  bool whole = false;
  if (!failed) {
    whole = collect(ends[0], Clock::now() + patience, out);
    if (!whole) ::kill(-pid, SIGKILL);
  }
  ::close(ends[0]);
  if (failed) return Error{std::string{"cannot be run: "} + std::strerror(failed)};
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  if (!whole) return Error{"took longer than " + std::to_string(patience.count()) + " s, or printed more than 1 MiB"};
  if (!WIFEXITED(status)) return Error{"was ended by a signal"};
  if (WEXITSTATUS(status) != 0) return Error{"ended with code " + std::to_string(WEXITSTATUS(status))};
  return out;
}

}  // namespace launchgate::kube
