#include "edge/tls/authority.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <span>
#include <utility>

#include "base/openssl.h"

namespace launchgate::tls {
using namespace ssl;  // NOLINT: the owners of OpenSSL's objects
namespace {

using Extensions = std::span<const std::pair<int, const char*>>;

// RFC 5280 §4.1.2.2: positive and at most 20 bytes; 127 random bits.
std::string set_serial(X509* cert) {
  const BignumPtr number(BN_new());
  if (!number || !BN_rand(number.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) ||
      !BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(cert)))
    return {};
  char* hex = BN_bn2hex(number.get());
  std::string text = hex ? std::string{hex}.substr(0, 8) : std::string{};
  OPENSSL_free(hex);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' ? static_cast<char>(c + 32) : c; });
  return text;
}

bool set_time(ASN1_TIME* field, TimePoint time) {
  return ASN1_TIME_set(field, static_cast<std::time_t>(time.time_since_epoch().count())) != nullptr;
}

bool set_common_name(X509* cert, const std::string& name) {
  return X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0) == 1;
}

bool add_extensions(X509* cert, X509* issuer, Extensions wanted) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, cert, nullptr, nullptr, 0);
  for (const auto& [nid, value] : wanted) {
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    if (!extension || X509_add_ext(cert, extension.get(), -1) != 1) return false;
  }
  return true;
}

// Appends one name, as an IP address where it is one.
bool add_name(GENERAL_NAMES* names, const std::string& name) {
  GENERAL_NAME* entry = GENERAL_NAME_new();
  if (!entry || !sk_GENERAL_NAME_push(names, entry)) return GENERAL_NAME_free(entry), false;
  if (ASN1_OCTET_STRING* ip = a2i_IPADDRESS(name.c_str())) {
    GENERAL_NAME_set0_value(entry, GEN_IPADD, ip);
    return true;
  }
  ASN1_IA5STRING* dns = ASN1_IA5STRING_new();
  if (!dns || !ASN1_STRING_set(dns, name.data(), static_cast<int>(name.size()))) return ASN1_IA5STRING_free(dns), false;
  GENERAL_NAME_set0_value(entry, GEN_DNS, dns);
  return true;
}

bool set_names(X509* cert, const std::vector<std::string>& names) {
  const GeneralNamesPtr all(GENERAL_NAMES_new());
  for (const std::string& name : names)
    if (!all || name.empty() || !add_name(all.get(), name)) return false;
  return all && X509_add1_ext_i2d(cert, NID_subject_alt_name, all.get(), 0, 0) == 1;
}

Result<Pair> as_pem(X509* cert, EVP_PKEY* key) {
  const BioPtr cert_pem(BIO_new(BIO_s_mem())), key_pem(BIO_new(BIO_s_secmem()));
  if (!cert_pem || !key_pem || PEM_write_bio_X509(cert_pem.get(), cert) != 1 ||
      PEM_write_bio_PrivateKey(key_pem.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return Error{"a certificate could not be written as PEM"};
  return Pair{drain(cert_pem.get()), drain(key_pem.get())};
}

}  // namespace

Result<Pair> make_authority(const std::string& common_name, TimePoint now, Seconds life) {
  constexpr std::array<std::pair<int, const char*>, 3> kExtensions{
      {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
       {NID_key_usage, "critical,keyCertSign,cRLSign"},
       {NID_subject_key_identifier, "hash"}}};
  const KeyPtr key(EVP_EC_gen("P-256"));
  const CertPtr cert(X509_new());
  const std::string serial = cert ? set_serial(cert.get()) : std::string{};
  if (!key || serial.empty() || X509_set_version(cert.get(), X509_VERSION_3) != 1 ||
      !set_time(X509_getm_notBefore(cert.get()), now - kBackdate) ||
      !set_time(X509_getm_notAfter(cert.get()), now + life) || X509_set_pubkey(cert.get(), key.get()) != 1 ||
      !set_common_name(cert.get(), common_name + " CA " + serial) ||
      X509_set_issuer_name(cert.get(), X509_get_subject_name(cert.get())) != 1 ||
      !add_extensions(cert.get(), cert.get(), kExtensions) || X509_sign(cert.get(), key.get(), EVP_sha256()) == 0) {
    ERR_clear_error();
    return Error{"no CA certificate could be made for \"" + common_name + "\"; its name has at most 51 characters"};
  }
  return as_pem(cert.get(), key.get());
}

Result<Pair> issue(const Pair& authority, const std::vector<std::string>& names, TimePoint now, Seconds life) {
  constexpr std::array<std::pair<int, const char*>, 5> kExtensions{{{NID_basic_constraints, "critical,CA:FALSE"},
                                                                    {NID_key_usage, "critical,digitalSignature"},
                                                                    {NID_ext_key_usage, "serverAuth"},
                                                                    {NID_subject_key_identifier, "hash"},
                                                                    {NID_authority_key_identifier, "keyid:always"}}};
  const BioPtr ca_bio = view(authority.certificate), key_bio = view(authority.key);
  const CertPtr ca(ca_bio ? PEM_read_bio_X509(ca_bio.get(), nullptr, no_password, nullptr) : nullptr);
  const KeyPtr ca_key(key_bio ? PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_password, nullptr) : nullptr);
  if (!ca || !ca_key || X509_check_private_key(ca.get(), ca_key.get()) != 1) {
    ERR_clear_error();
    return Error{"the CA's certificate and key cannot be read or do not belong together"};
  }
  std::time_t end = static_cast<std::time_t>((now + life).time_since_epoch().count());
  const KeyPtr key(EVP_EC_gen("P-256"));
  const CertPtr cert(X509_new());
  // X509_cmp_time never says equal; -1: the CA ends before.
  const ASN1_TIME* ca_end = X509_get0_notAfter(ca.get());
  if (!key || !cert || set_serial(cert.get()).empty() || X509_set_version(cert.get(), X509_VERSION_3) != 1 ||
      !set_time(X509_getm_notBefore(cert.get()), now - kBackdate) ||
      !(X509_cmp_time(ca_end, &end) < 0 ? X509_set1_notAfter(cert.get(), ca_end) == 1
                                        : set_time(X509_getm_notAfter(cert.get()), now + life)) ||
      X509_set_pubkey(cert.get(), key.get()) != 1 || !set_common_name(cert.get(), "launchgate") ||
      X509_set_issuer_name(cert.get(), X509_get_subject_name(ca.get())) != 1 || names.empty() ||
      !set_names(cert.get(), names) || !add_extensions(cert.get(), ca.get(), kExtensions) ||
      X509_sign(cert.get(), ca_key.get(), EVP_sha256()) == 0) {
    ERR_clear_error();
    return Error{"no certificate could be made; check its names (DNS names or IP addresses, at least one)"};
  }
  return as_pem(cert.get(), key.get());
}

Result<Pair> make_self_signed(const SelfSigned& wanted) {
  constexpr std::array<std::pair<int, const char*>, 3> kExtensions{{{NID_basic_constraints, "critical,CA:FALSE"},
                                                                    {NID_key_usage, "critical,digitalSignature"},
                                                                    {NID_ext_key_usage, "serverAuth"}}};
  const auto now = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  const KeyPtr key(EVP_EC_gen("P-256"));
  const CertPtr cert(X509_new());
  if (!key || !cert || set_serial(cert.get()).empty() || X509_set_version(cert.get(), X509_VERSION_3) != 1 ||
      !set_time(X509_getm_notBefore(cert.get()), now - std::chrono::minutes{5}) ||
      !set_time(X509_getm_notAfter(cert.get()), now + std::chrono::hours{24} * wanted.days) ||
      X509_set_pubkey(cert.get(), key.get()) != 1 || !set_common_name(cert.get(), wanted.common_name) ||
      X509_set_issuer_name(cert.get(), X509_get_subject_name(cert.get())) != 1 || wanted.names.empty() ||
      !set_names(cert.get(), wanted.names) || !add_extensions(cert.get(), cert.get(), kExtensions) ||
      X509_sign(cert.get(), key.get(), EVP_sha256()) == 0) {
    ERR_clear_error();
    return Error{"no self-signed certificate could be made; check its names (DNS names or IP addresses, at least one)"};
  }
  return as_pem(cert.get(), key.get());
}

}  // namespace launchgate::tls
