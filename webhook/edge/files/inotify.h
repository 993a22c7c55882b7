// Inotify: the kernel's word that something in a directory has changed. A set of watched directories that is replaced
// as a whole; which event it was does not matter to anybody here, only that there was one.
#pragma once

#include <map>
#include <set>
#include <string>

namespace launchgate {

class Inotify {
 public:
  // Directory -> the names in it that matter; an empty set: all of them.
  using Wanted = std::map<std::string, std::set<std::string>>;

  Inotify();  // usable() is false where the kernel gives no instance
  ~Inotify();
  Inotify(const Inotify&) = delete;
  Inotify& operator=(const Inotify&) = delete;

  bool usable() const { return fd_ >= 0; }
  int fd() const { return fd_; }  // readable when there are events; -1 where not usable

  // Watches exactly these from now on; what stays loses no event. False: some cannot be watched (they are not there,
  // or the kernel's limit on watches is reached).
  bool watch(const Wanted& directories);

  // Takes the events that wait. True if one of them matters.
  bool drain();

 private:
  const int fd_;
  std::map<int, std::set<std::string>> watched_;  // watch descriptor -> names that matter
};

}  // namespace launchgate
