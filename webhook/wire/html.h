// Html: markup that is written around text of anybody's. What stands in the program as a literal is markup; everything
// else is text, and is escaped, in elements and in attributes alike. (A `const char*` is ambiguous and does not compile.)
//
//   Html page;
//   page << "<td title=\"" << name << "\">" << name << "</td>";
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace launchgate {

// For between tags and for quoted attributes. Control characters, and those that turn the direction of writing, become
// U+FFFD: what a reader sees is what stands there.
std::string escaped(std::string_view text);

class Html {
 public:
  template <std::size_t N>
  Html& operator<<(const char (&markup)[N]) {
    out_.append(markup, N - 1);
    return *this;
  }
  Html& operator<<(std::string_view text) {
    out_ += escaped(text);
    return *this;
  }
  Html& operator<<(const std::string& text) { return *this << std::string_view{text}; }
  Html& number(std::int64_t n) {
    out_ += std::to_string(n);
    return *this;
  }
  // Markup that was made elsewhere, as another Html or a constant.
  Html& markup(std::string_view made) {
    out_ += made;
    return *this;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace launchgate
