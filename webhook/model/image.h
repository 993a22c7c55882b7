// An image reference in its parts, so that gates compare bits rather than spellings.
#pragma once

#include <string>
#include <string_view>

namespace launchgate {

struct Image {
  std::string repository;   // with its registry spelled out: "nginx" is docker.io/library/nginx
  std::string tag, digest;  // "v1"; "sha256:…"; empty where there is none
};

// "reg.example.com:5000/team/app:v1@sha256:…"; "sha256:…" alone is a digest without a repository.
Image parse_image(std::string_view image);

// a and b are the same bits as far as their spelling says: the digest where both have one, else repository and tag.
bool same_image(const Image& a, const Image& b);

// The same of the text alone, without taking it apart into new texts: "reg.example.com/team/app" and "sha256:…".
std::string_view image_name(std::string_view image);
std::string_view image_digest(std::string_view image);
// Both name one repository, however they spell it.
bool same_repository(std::string_view a, std::string_view b);

// For messages: digests cut to twelve digits ("app@sha256:4f1c0a7be8f4…"), one line, at most 120 bytes.
std::string short_digests(std::string_view text);

}  // namespace launchgate
