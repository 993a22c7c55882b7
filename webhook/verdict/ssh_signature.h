// Signatures as `ssh-keygen -Y sign` makes them (OpenSSH's PROTOCOL.sshsig), with keys in a file, an agent or a security
// key. Pure: bytes and a public key in, a yes or a no out.
#pragma once

#include <string_view>

namespace launchgate {

// What a signature says it is for, so that one made over the same bytes for another program counts for nothing:
// ssh-keygen -Y sign -n launchgate.dev -f KEY
inline constexpr std::string_view kSshNamespace = "launchgate.dev";

// `armored` ("-----BEGIN SSH SIGNATURE-----…") is a signature over `text` by the trusted key, which stands in PEM or as
// OpenSSH writes it. SHA-1 never counts; with a security key somebody has to have touched it.
bool verifies_ssh(std::string_view text, std::string_view armored, std::string_view trusted);

}  // namespace launchgate
