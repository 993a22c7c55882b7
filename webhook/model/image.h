// An image reference in its parts, so that gates compare bits rather than spellings.
#pragma once

#include <string>
#include <string_view>

namespace launchgate {

// As containerd and Docker read it: "nginx" is docker.io/library/nginx.
struct Repository {
  std::string_view registry;  // "docker.io" where none is written; empty: there is no repository
  bool library = false;       // "library/" goes before the path
  std::string_view path;
};
bool operator==(const Repository& a, const Repository& b);

// Views into the text that it was read from.
struct Image {
  Repository repository;
  std::string_view tag, digest;  // "v1"; "sha256:…"; empty where there is none
};

// "reg.example.com:5000/team/app:v1@sha256:…"; "sha256:…" alone is a digest without a repository.
Image parse_image(std::string_view image);

// a and b are the same bits as far as their spelling says: the digest where both have one, else repository and tag.
bool same_image(const Image& a, const Image& b);

// "reg.example.com/team/app" and "sha256:…" as they are written.
std::string_view image_name(std::string_view image);
std::string_view image_digest(std::string_view image);
// Both name one repository, however they spell it.
bool same_repository(std::string_view a, std::string_view b);

// For messages: digests cut to twelve digits ("app@sha256:4f1c0a7be8f4…"), one line, at most 120 bytes.
std::string short_digests(std::string_view text);

}  // namespace launchgate
