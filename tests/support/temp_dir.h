// For tests that need real files: a directory that goes when the test does.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace launchgate {

class TempDir {
 public:
  TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "launchgate-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) ADD_FAILURE() << "no temporary directory";
    path_ = pattern;
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  std::string path(const std::string& name = {}) const { return name.empty() ? path_.string() : (path_ / name).string(); }

  // Makes the directories above it as well. In place: what is a link stays one.
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream out(path_ / name, std::ios::binary | std::ios::trunc);
    out << text;
  }
  void link(const std::string& name, const std::string& target) const { std::filesystem::create_symlink(target, path_ / name); }
  // As a kubelet does it: beside and renamed over.
  void relink(const std::string& name, const std::string& target) const {
    link(name + ".tmp", target);
    std::filesystem::rename(path_ / (name + ".tmp"), path_ / name);
  }
  void remove(const std::string& name) const { std::filesystem::remove_all(path_ / name); }
  void move(const std::string& from, const std::string& to) const { std::filesystem::rename(path_ / from, path_ / to); }

 private:
  std::filesystem::path path_;
};

}  // namespace launchgate
