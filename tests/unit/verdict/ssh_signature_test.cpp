// Signatures of ssh-keygen -Y sign, made by the real program (tests/data/ssh), and those of a security key, made here.
#include "verdict/ssh_signature.h"

#include <gtest/gtest.h>

#include <memory>

#include "base/base64.h"
#include "support/world.h"
#include "verdict/public_key.h"

namespace launchgate {
namespace {

std::string file(const std::string& name) { return testing::slurp(testing::in_source("tests/data/ssh/" + name)); }

struct Row {
  const char *signature, *key;
  bool good;
  const char* why;
};

TEST(SshSignature, CountsWhenTheTrustedKeyMadeItForLaunchgate) {
  const std::string text = file("approval.txt");
  for (const Row& row : {
           Row{"ed25519.sig", "ed25519.pub", true, "Ed25519"},
           {"ed25519-sha256.sig", "ed25519.pub", true, "the message hashed with SHA-256"},
           {"ecdsa256.sig", "ecdsa256.pub", true, "P-256"},
           {"ecdsa384.sig", "ecdsa384.pub", true, "P-384"},
           {"ecdsa521.sig", "ecdsa521.pub", true, "P-521"},
           {"rsa2048.sig", "rsa2048.pub", true, "RSA"},
           {"rsa1024.sig", "rsa1024.pub", false, "a key that can be broken"},
           {"ed25519-for-git.sig", "ed25519.pub", false, "made for git"},
           {"ed25519.sig", "ecdsa256.pub", false, "another key"},
           {"ecdsa256.sig", "ecdsa384.pub", false, "another curve"},
       })
    EXPECT_EQ(verifies_ssh(text, file(row.signature), file(row.key)), row.good) << row.why;
}

TEST(SshSignature, IsOverEveryByteOfTheText) {
  const std::string signature = file("ed25519.sig"), key = file("ed25519.pub"), text = file("approval.txt");
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] ^= 1;
    EXPECT_FALSE(verifies_ssh(other, signature, key)) << i;
  }
}

// Whatever bit of the signature is turned: it does not count, and nothing breaks.
TEST(SshSignature, ThatWasTouchedDoesNotCount) {
  for (const char* name : {"ed25519", "ecdsa256", "rsa2048"}) {
    const std::string armor = file(std::string{name} + ".sig"), text = file("approval.txt");
    const auto from = armor.find('\n'), to = armor.find("\n-----END");
    const auto blob = from_base64(armor.substr(from, to - from));
    ASSERT_TRUE(blob);
    for (std::size_t i = 0; i < blob->size(); ++i)
      for (int bit : {0, 7}) {
        std::string other = *blob;
        other[i] = static_cast<char>(other[i] ^ (1 << bit));
        EXPECT_FALSE(verifies_ssh(text, "-----BEGIN SSH SIGNATURE-----\n" + base64(other) + "\n-----END SSH SIGNATURE-----\n",
                                  file(std::string{name} + ".pub")))
            << name << " byte " << i;
      }
    for (std::size_t size = 0; size < blob->size(); ++size)
      EXPECT_FALSE(verifies_ssh(text, "-----BEGIN SSH SIGNATURE-----\n" + base64(blob->substr(0, size)) + "\n-----END SSH SIGNATURE-----",
                                file(std::string{name} + ".pub")));
  }
}

TEST(PublicKey, IsReadInBothFormats) {
  EXPECT_TRUE(read_public_key(file("ed25519.pub")));
  EXPECT_TRUE(read_public_key("\n  " + file("rsa2048.pub")));
  for (const char* text : {"", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA==", "no-pty ssh-ed25519 AAAA", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"})
    EXPECT_FALSE(read_public_key(text)) << text;
  EXPECT_FALSE(read_public_key(std::string(1 << 20, 'a')));
}

// ---- A security key: it signs hash(application), flags, counter, hash(message).

using Key = ssl::KeyPtr;

std::string ssh_string(std::string_view s) {
  std::string out(3, '\0');
  out[2] = static_cast<char>(s.size() >> 8);
  out += static_cast<char>(s.size() & 0xff);
  return out + std::string{s};
}

std::string digest_of(const EVP_MD* md, std::string_view text) {
  std::string out(64, '\0');
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(out.data()), &size, md, nullptr);
  out.resize(size);
  return out;
}

std::string ed25519(EVP_PKEY* key, std::string_view text) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::string out(64, '\0');
  std::size_t size = out.size();
  EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key);
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &size, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  EVP_MD_CTX_free(context);
  return out;
}

struct Made {
  std::string signature, line;
};
Made security_key(EVP_PKEY* key, std::string_view text, const std::string& knows, const std::string& application) {
  std::string raw(32, '\0');
  std::size_t size = raw.size();
  EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &size);
  const std::string type = "sk-ssh-ed25519@openssh.com", blob = ssh_string(type) + ssh_string(raw) + ssh_string(application);
  const std::string inner = "SSHSIG" + ssh_string("launchgate.dev") + ssh_string("") + ssh_string("sha512") + ssh_string(digest_of(EVP_sha512(), text));
  const std::string value = ed25519(key, digest_of(EVP_sha256(), application) + knows + digest_of(EVP_sha256(), inner));
  const std::string all = std::string("SSHSIG\0\0\0\1", 10) + ssh_string(blob) + ssh_string("launchgate.dev") + ssh_string("") + ssh_string("sha512") +
                          ssh_string(ssh_string(type) + ssh_string(value) + knows);
  return {"-----BEGIN SSH SIGNATURE-----\n" + base64(all) + "\n-----END SSH SIGNATURE-----\n", type + " " + base64(blob) + " bob@example.com\n"};
}

TEST(SshSignature, OfASecurityKeyCountsWhenItWasTouched) {
  const Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
  const Made touched = security_key(key.get(), "text", std::string("\1\0\0\0\7", 5), "ssh:");
  const Made untouched = security_key(key.get(), "text", std::string("\0\0\0\0\7", 5), "ssh:");
  const Made elsewhere = security_key(key.get(), "text", std::string("\1\0\0\0\7", 5), "ssh:other");
  EXPECT_TRUE(verifies_ssh("text", touched.signature, touched.line));
  EXPECT_FALSE(verifies_ssh("Text", touched.signature, touched.line));
  EXPECT_FALSE(verifies_ssh("text", untouched.signature, untouched.line)) << "nobody touched it";
  EXPECT_FALSE(verifies_ssh("text", elsewhere.signature, touched.line)) << "for another application";
}

}  // namespace
}  // namespace launchgate
