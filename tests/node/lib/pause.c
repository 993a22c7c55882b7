/* The first process of the node and of every Pod's sandbox: waits, reaps orphans, and ends on TERM. With arguments of a
   workload in the tests it is the workload too. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void down(int signal_number) {
  (void)signal_number;
  _exit(0);
}
static void reap(int signal_number) {
  (void)signal_number;
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
}

int main(void) {
  signal(SIGINT, down);
  signal(SIGTERM, down);
  signal(SIGCHLD, reap);
  for (;;) pause();
}
