// Signatures and public keys of any bytes: no crash, and none verifies over a text that nobody signed. The first byte says
// what the rest is: an SSH signature's blob, a key's blob, a key as a policy holds it, or a DSSE envelope.
#include "verdict/signature.h"

#include "base/base64.h"
#include "fuzz/fuzz.h"
#include "verdict/public_key.h"
#include "verdict/ssh_signature.h"

using namespace launchgate;

namespace {

// Its private half is gone (tests/data/ssh/README.md).
constexpr std::string_view kKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID7sN1nHWWSLlrgTMXJvoroYJwaNY7wxdkQ0xIIjNiJ5 bob@example.com";
constexpr std::string_view kUnsigned = "a text that nobody signed";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto text = fuzz::text_of(data + 1, size - 1);
  switch (data[0] % 4) {
    case 0: {
      const std::string armored = "-----BEGIN SSH SIGNATURE-----\n" + base64(text) + "\n-----END SSH SIGNATURE-----\n";
      fuzz::check(!verifies_ssh(kUnsigned, armored, kKey), "no signature over a text that nobody signed verifies");
      break;
    }
    case 1: {
      const PublicKey key = read_ssh_blob(text);
      if (key) (void)verifies_bytes(key.key.get(), kUnsigned, text, EVP_sha256());
      break;
    }
    case 2: (void)verifies_ssh(kUnsigned, text, text); break;
    default:
      if (const auto envelope = read_envelope(text))
        fuzz::check(!verifies(*envelope, kKey), "no envelope that nobody signed verifies");
  }
  return 0;
}
