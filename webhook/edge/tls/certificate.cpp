#include "edge/tls/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "base/openssl.h"

namespace launchgate::tls {
using namespace ssl;  // NOLINT: the owners of OpenSSL's objects
namespace {

constexpr std::size_t kMost = 64;

std::string one_line(const X509_NAME* name) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253) < 0) return {};
  return drain(out.get());
}

std::string fingerprint(const X509* cert) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  std::string out;
  if (X509_digest(cert, EVP_sha256(), digest.data(), &size) != 1) return out;
  constexpr char kHex[] = "0123456789ABCDEF";
  for (unsigned i = 0; i < size; ++i) {
    if (i) out += ':';
    out += {kHex[digest[i] >> 4], kHex[digest[i] & 15]};
  }
  return out;
}

std::optional<TimePoint> time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return TimePoint{Seconds{::timegm(&parts)}};  // from_time_t counts nanoseconds, and they end in 2262
}

std::string address(const ASN1_OCTET_STRING* ip) {
  const unsigned char* b = ASN1_STRING_get0_data(ip);
  const int size = ASN1_STRING_length(ip);
  std::string out;
  if (size == 4)
    for (int i = 0; i < 4; ++i) out += (i ? "." : "") + std::to_string(b[i]);
  if (size != 16) return out;
  for (int i = 0; i < 16; i += 2) {
    std::array<char, 6> part{};
    std::snprintf(part.data(), part.size(), "%x", b[i] * 256 + b[i + 1]);
    out += (i ? ":" : "") + std::string{part.data()};
  }
  return out;
}

std::vector<std::string> names_of(const X509* cert) {
  std::vector<std::string> out;
  const GeneralNamesPtr names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(cert, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS)
      out.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                       static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
    if (name->type == GEN_IPADD) out.push_back(address(name->d.iPAddress));
  }
  return out;
}

std::optional<Certificate> facts(X509* cert) {
  const auto from = time_of(X509_get0_notBefore(cert)), to = time_of(X509_get0_notAfter(cert));
  const BioPtr pem(BIO_new(BIO_s_mem()));
  if (!from || !to || !pem || PEM_write_bio_X509(pem.get(), cert) != 1) return std::nullopt;
  return Certificate{drain(pem.get()),
                     one_line(X509_get_subject_name(cert)),
                     one_line(X509_get_issuer_name(cert)),
                     fingerprint(cert),
                     names_of(cert),
                     *from,
                     *to,
                     X509_check_ca(cert) == 1};
}

// Reads certificates until the text ends. `damaged`: it ended in one that cannot be read.
std::vector<CertPtr> read_all(std::string_view pem, bool& damaged) {
  std::vector<CertPtr> out;
  ERR_clear_error();
  const BioPtr bio = view(pem);
  while (bio && out.size() < kMost) {
    CertPtr cert(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
    if (!cert) break;
    out.push_back(std::move(cert));
  }
  const unsigned long error = ERR_peek_last_error();
  damaged = error != 0 && ERR_GET_REASON(error) != PEM_R_NO_START_LINE;
  ERR_clear_error();
  return out;
}

struct Trust {
  std::unique_ptr<X509_STORE, Free<X509_STORE_free>> store{X509_STORE_new()};
  std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX_free>> context{X509_STORE_CTX_new()};
};

std::string reason_of(const Trust& trust, const std::string& name, const Certificate& leaf) {
  const int code = X509_STORE_CTX_get_error(trust.context.get());
  switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "a certificate of the chain expired (the leaf's end is " + format_time(leaf.not_after) + ")";
    case X509_V_ERR_CERT_NOT_YET_VALID: return "it begins only at " + format_time(leaf.not_before);
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return "it is not for the name " + name;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return "its issuer (" + leaf.issuer + ") is not in the bundle";
    default: return X509_verify_cert_error_string(code);
  }
}

}  // namespace

Result<Certificate> read_certificate(std::string_view pem) {
  bool damaged = false;
  const std::vector<CertPtr> all = read_all(pem, damaged);
  if (!all.empty())
    if (auto read = facts(all.front().get())) return std::move(*read);
  return Error{damaged ? "holds a certificate that cannot be read" : "holds no PEM certificate (BEGIN CERTIFICATE)"};
}

Bundle read_bundle(std::string_view pem) {
  Bundle out;
  for (const CertPtr& cert : read_all(pem, out.damaged)) {
    auto read = facts(cert.get());
    const auto same = [&](const Certificate& c) { return read && c.fingerprint == read->fingerprint; };
    if (!read || std::any_of(out.certificates.begin(), out.certificates.end(), same)) out.damaged = true;
    else out.certificates.push_back(std::move(*read));
  }
  out.damaged |= out.certificates.empty() && pem.find_first_not_of(" \t\r\n") != std::string_view::npos;
  return out;
}

std::vector<std::string> read_keys(std::string_view pem) {
  std::vector<std::string> out;
  const BioPtr bio = view(pem);
  while (bio && out.size() < kMost) {
    const KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
    const BioPtr text(BIO_new(BIO_s_secmem()));
    if (!key || !text || PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
      break;
    out.push_back(drain(text.get()));
  }
  ERR_clear_error();
  return out;
}

bool key_matches(std::string_view certificate, std::string_view key) {
  bool damaged = false;
  const std::vector<CertPtr> all = read_all(certificate, damaged);
  const BioPtr bio = view(key);
  const KeyPtr pkey(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr) : nullptr);
  const bool matches = !all.empty() && pkey && X509_check_private_key(all.front().get(), pkey.get()) == 1;
  ERR_clear_error();
  return matches;
}

std::optional<Error> distrust(std::string_view bundle, std::string_view chain, const std::string& name, TimePoint now) {
  bool damaged = false;
  const std::vector<CertPtr> served = read_all(chain, damaged);
  const auto leaf = served.empty() ? std::nullopt : facts(served.front().get());
  if (!leaf) return Error{"there is no certificate that can be read"};
  const std::vector<CertPtr> trusted = read_all(bundle, damaged);
  if (trusted.empty()) return Error{"the bundle holds no certificate"};
  const Trust trust;
  const std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_free(s); })> rest(sk_X509_new_null());
  if (!trust.store || !trust.context || !rest) return Error{"OpenSSL is out of memory"};
  for (const CertPtr& cert : trusted) X509_STORE_add_cert(trust.store.get(), cert.get());
  for (const CertPtr& cert : served) sk_X509_push(rest.get(), cert.get());
  X509_STORE_CTX_init(trust.context.get(), trust.store.get(), served.front().get(), rest.get());
  X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(trust.context.get());
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
  X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  X509_VERIFY_PARAM_set_time(param, static_cast<std::time_t>(now.time_since_epoch().count()));
  if (X509_VERIFY_PARAM_set1_ip_asc(param, name.c_str()) != 1) X509_VERIFY_PARAM_set1_host(param, name.c_str(), 0);
  const bool fine = X509_verify_cert(trust.context.get()) == 1;
  ERR_clear_error();
  if (fine) return std::nullopt;
  return Error{reason_of(trust, name, *leaf)};
}

}  // namespace launchgate::tls
