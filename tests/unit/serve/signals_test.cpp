#include "serve/signals.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace launchgate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// How a process ended that did this: "exit 0", "signal 15". Signals are the whole process's, so each test has one of its own.
std::string ended(int (*of_it)()) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(of_it());
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? "exit " + std::to_string(WEXITSTATUS(status)) : "signal " + std::to_string(WTERMSIG(status));
}

void send(int signal) { ::kill(::getpid(), signal); }

TEST(Signals, ASecondSignalDoesNotKillWhatHasEndedWell) {
  for (const auto child : {+[] {
                             {
                               Signals signals;
                               send(SIGTERM);
                               (void)signals.wait();
                               send(SIGTERM);
                               send(SIGINT);
                               send(SIGHUP);
                             }
                             return 0;
                           },
                           +[] {
                             { Signals signals; }
                             send(SIGTERM);
                             return 0;
                           }})
    EXPECT_EQ(ended(child), "exit 0");
}

TEST(Signals, AreTakenOneAtATime) {
  EXPECT_EQ(ended([] {
              Signals signals;
              send(SIGHUP);
              const bool reload = signals.wait() == Signals::Got::reload;
              send(SIGINT);
              return reload && signals.wait() == Signals::Got::end ? 0 : 1;
            }),
            "exit 0");
}

TEST(Signals, AReloadDoesNotCutADelay) {
  EXPECT_EQ(ended([] {
              Signals signals;
              int reloads = 0;
              const auto from = std::chrono::steady_clock::now();
              send(SIGHUP);
              const bool told = signals.told_to_end(milliseconds{300}, [&] { ++reloads; });
              const bool all_of_it = std::chrono::steady_clock::now() - from >= milliseconds{300};
              return !told && reloads == 1 && all_of_it ? 0 : 1;
            }),
            "exit 0");
}

TEST(Signals, ASecondSignalToEndCutsADelay) {
  EXPECT_EQ(ended([] {
              Signals signals;
              const auto from = std::chrono::steady_clock::now();
              send(SIGTERM);
              const bool told = signals.told_to_end(seconds{20});
              const bool again = signals.told_to_end(milliseconds{0});
              return told && !again && std::chrono::steady_clock::now() - from < seconds{10} ? 0 : 1;
            }),
            "exit 0");
}

}  // namespace
}  // namespace launchgate
