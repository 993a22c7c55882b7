#include "edge/http/tls.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "base/openssl.h"

namespace launchgate::http {
namespace {

using ssl::BioPtr, ssl::CertPtr, ssl::KeyPtr, ssl::no_password;

constexpr std::size_t kMaxFile = 1u << 20;
constexpr char kCiphers12[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
// AES-128 first, as Go's clients have it: the cheapest on hardware with AES.
constexpr char kCiphers13[] = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

// A client that offers protocols without http/1.1 is told so at once, instead of being answered in the wrong one.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(&chosen, out_size, kOurs, sizeof kOurs - 1, offered, offered_size);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<SSL_CTX> bare_context() {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context || !SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) ||
      !SSL_CTX_set_cipher_list(context.get(), kCiphers12) || !SSL_CTX_set_ciphersuites(context.get(), kCiphers13))
    return nullptr;
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                         SSL_OP_IGNORE_UNEXPECTED_EOF);
  // Idle connections keep no record buffers (34 KiB each); a moved buffer may continue a write.
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context.get(), 1);  // one read(2) for as many records as have arrived, not two for each
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);  // tickets need no memory here; a cache would grow
  SSL_CTX_set_num_tickets(context.get(), 1);
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  return context;
}

// Leaf and intermediates into the context. 1 = done, 0 = no certificate in it, -1 = one that can't be used.
int use_chain(SSL_CTX* context, BIO* bio) {
  int count = 0;
  while (true) {
    const CertPtr cert(count == 0 ? PEM_read_bio_X509_AUX(bio, nullptr, no_password, nullptr)
                                  : PEM_read_bio_X509(bio, nullptr, no_password, nullptr));
    if (!cert) break;
    if ((count == 0 ? SSL_CTX_use_certificate(context, cert.get())
                    : static_cast<int>(SSL_CTX_add1_chain_cert(context, cert.get()))) != 1)
      return -1;
    ++count;
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  return !at_end ? -1 : count > 0 ? 1 : 0;
}

// Never waits: what has become a pipe is none of these files, and nobody may ever write into it.
Result<std::string> contents(const std::string& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) return Error{"cannot be read", {}, file};
  const std::unique_ptr<const int, decltype([](const int* open) { ::close(*open); })> closed_at_the_end(&fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return Error{"is not a regular file", {}, file};
  std::string text(kMaxFile + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(fd, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{"cannot be read", {}, file};
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kMaxFile) return Error{"is larger than 1 MiB: not a PEM file", {}, file};
  text.resize(size);
  return text;
}

BioPtr view(std::string_view text) { return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

}  // namespace

Result<TlsContext::Pair> TlsContext::make(std::string_view certificate, std::string_view key, const Names& names) {
  ERR_clear_error();
  const std::shared_ptr<SSL_CTX> context = bare_context();
  const BioPtr cert_bio = view(certificate), key_bio = view(key);
  if (!context || !cert_bio || !key_bio) return Error{"OpenSSL could not make a TLS context"};
  const int chain = use_chain(context.get(), cert_bio.get());
  if (chain == 0) return Error{"holds no PEM certificate (BEGIN CERTIFICATE)", {}, names.cert};
  if (chain < 0)
    return Error{"holds a certificate that cannot be read or used (truncated, or too weak)", {}, names.cert};
  const KeyPtr private_key(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  if (!private_key) return Error{"holds no readable PEM private key (encrypted keys are not supported)", {}, names.key};
  if (X509_check_private_key(SSL_CTX_get0_certificate(context.get()), private_key.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context.get(), private_key.get()) != 1) {
    ERR_clear_error();
    return Error{
        "does not match its key: the private key in " + names.key + " is another certificate's", {}, names.cert};
  }
  return Pair{context, std::string(certificate)};
}

Result<TlsContext::Pair> TlsContext::read(const Names& files) {
  const Result<std::string> certificate = contents(files.cert);
  if (!certificate) return certificate.error();
  const Result<std::string> key = contents(files.key);
  if (!key) return key.error();
  return make(*certificate, *key, files);
}

Result<std::shared_ptr<TlsContext>> TlsContext::from_files(std::string cert_file, std::string key_file) {
  Names names{std::move(cert_file), std::move(key_file)};
  Result<Pair> pair = read(names);
  if (!pair) return pair.error();
  return std::shared_ptr<TlsContext>(new TlsContext(std::move(*pair), std::move(names)));
}

Result<std::shared_ptr<TlsContext>> TlsContext::from_pem(std::string_view certificate, std::string_view key) {
  Result<Pair> pair = make(certificate, key, {"the certificate", "the key"});
  if (!pair) return pair.error();
  return std::shared_ptr<TlsContext>(new TlsContext(std::move(*pair), Names{}));
}

std::optional<Error> TlsContext::reload() {
  if (names_.cert.empty()) return std::nullopt;
  Result<Pair> pair = read(names_);
  if (!pair) return pair.error();
  set(std::move(*pair));
  return std::nullopt;
}

std::optional<Error> TlsContext::replace(std::string_view certificate, std::string_view key) {
  Result<Pair> pair = make(certificate, key, {"the certificate", "the key"});
  if (!pair) return pair.error();
  set(std::move(*pair));
  return std::nullopt;
}

void TlsContext::set(Pair pair) {
  const std::lock_guard lock(mutex_);
  std::swap(pair_, pair);
}

std::shared_ptr<SSL_CTX> TlsContext::current() const {
  const std::lock_guard lock(mutex_);
  return pair_.context;
}

std::string TlsContext::certificate() const {
  const std::lock_guard lock(mutex_);
  return pair_.certificate;
}

}  // namespace launchgate::http
