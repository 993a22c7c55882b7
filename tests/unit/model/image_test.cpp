// Image references in their parts: bits are compared, not spellings.
#include "model/image.h"

#include <gtest/gtest.h>

namespace launchgate {
namespace {

std::string text(const Repository& r) {
  return r.registry.empty() ? "" : std::string{r.registry} + "/" + (r.library ? "library/" : "") + std::string{r.path};
}

std::string parts(std::string_view image) {
  const Image i = parse_image(image);
  return text(i.repository) + " | " + std::string{i.tag} + " | " + std::string{i.digest};
}

const std::string kDigest = "sha256:4f1c0a7be8f4f4c0d1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f701";

TEST(Image, Parts) {
  const std::pair<std::string, std::string> rows[] = {
      {"nginx", "docker.io/library/nginx |  | "},
      {"nginx:1.29", "docker.io/library/nginx | 1.29 | "},
      {"vllm/vllm-openai:v1", "docker.io/vllm/vllm-openai | v1 | "},
      {"docker.io/library/nginx", "docker.io/library/nginx |  | "},
      {"index.docker.io/library/nginx:1", "docker.io/library/nginx | 1 | "},
      {"registry.example.com:5000/team/app:v1@" + kDigest, "registry.example.com:5000/team/app | v1 | " + kDigest},
      {"registry.example.com:5000/team/app", "registry.example.com:5000/team/app |  | "},
      {"localhost/app:v1", "localhost/app | v1 | "},
      {"localhost:5000/app", "localhost:5000/app |  | "},
      {"app@" + kDigest, "docker.io/library/app |  | " + kDigest},
      {kDigest, " |  | " + kDigest},
      {"", " |  | "},
  };
  for (const auto& [image, expected] : rows) EXPECT_EQ(parts(image), expected) << image;
}

TEST(Image, TheSameBits) {
  const auto same = [](std::string_view a, std::string_view b) {
    const bool forth = same_image(parse_image(a), parse_image(b));
    EXPECT_EQ(forth, same_image(parse_image(b), parse_image(a))) << a << " and " << b;
    return forth;
  };
  const std::string other = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
  EXPECT_TRUE(same("a@" + kDigest, "mirror.example.com/b@" + kDigest)) << "a mirror holds the same bits";
  EXPECT_TRUE(same("a:v1@" + kDigest, "a:v2@" + kDigest)) << "the digest is the identity";
  EXPECT_TRUE(same(kDigest, "a@" + kDigest));
  EXPECT_FALSE(same("a@" + kDigest, "a@" + other));
  EXPECT_TRUE(same("nginx", "docker.io/library/nginx:latest"));
  EXPECT_TRUE(same("a:v1", "a:v1"));
  EXPECT_FALSE(same("a:v1", "a:v2"));
  EXPECT_FALSE(same("a:v1", "b:v1"));
  EXPECT_FALSE(same("a:v1", "a@" + kDigest)) << "nobody knows what the tag points to";
  EXPECT_FALSE(same("a", "a@" + kDigest));
}

TEST(Image, TheSameRepositoryHoweverItIsSpelled) {
  const std::string names[] = {"nginx", "docker.io/nginx", "docker.io/library/nginx", "index.docker.io/library/nginx", "library/nginx", "registry.example.com:5000/nginx", "nginx-debug", "a/nginx", "localhost/nginx", ""};
  for (const auto& a : names)
    for (const auto& b : names)
      for (const std::string& behind : {std::string{}, std::string{":v1"}, "@" + kDigest, ":v1@" + kDigest})
        EXPECT_EQ(same_repository(a + behind, b), (text(parse_image(a + behind).repository) == text(parse_image(b).repository))) << a << behind << " and " << b;
  EXPECT_EQ(image_digest("a:v1@" + kDigest), kDigest);
  EXPECT_EQ(image_digest(kDigest), kDigest);
  EXPECT_EQ(image_digest("a:v1"), "");
}

TEST(Image, ShortForMessages) {
  EXPECT_EQ(short_digests("app@" + kDigest), "app@sha256:4f1c0a7be8f4…");
  EXPECT_EQ(short_digests("sha256:4f1c"), "sha256:4f1c");
  EXPECT_EQ(short_digests("a\nb\x7f"), "a b ");
  EXPECT_EQ(short_digests("plain:v1"), "plain:v1");
  const auto cut = short_digests(std::string(500, 'x'));
  EXPECT_EQ(cut, std::string(120, 'x') + "…");
  EXPECT_EQ(short_digests("ghp_0123456789abcdefghijABCDEFGHIJ012345"), "(not shown)");
}

}  // namespace
}  // namespace launchgate
