// ObjectWriter: a few words over DocBuilder, so that code that writes an object reads like the object.
#pragma once

#include <string>
#include <string_view>

#include "base/doc.h"
#include "wire/conditions.h"

namespace launchgate {

class ObjectWriter {
 public:
  static constexpr std::size_t kText = 1024;  // bytes of a text, unless said otherwise
  explicit ObjectWriter(Doc& doc) : build(doc) { open(); }
  void open(std::string_view key = {}) { begin(key, Type::Object); }
  void list(std::string_view key) { begin(key, Type::Array); }
  void close() { (void)build.close(); }
  void text(std::string_view key, std::string_view value, std::size_t bytes = kText) {
    build.key(key);
    build.string(clipped(value, bytes));
  }
  void text_if(std::string_view key, std::string_view value, std::size_t bytes = kText) {
    if (!value.empty()) text(key, value, bytes);
  }
  void number(std::string_view key, std::string_view digits) {
    build.key(key);
    build.scalar(Type::Number, digits);
  }
  void number(std::string_view key, std::size_t n) { number(key, std::to_string(n)); }
  DocBuilder build;

 private:
  void begin(std::string_view key, Type type) {
    if (!key.empty()) build.key(key);
    build.open(type);
  }
};

}  // namespace launchgate
