#include "edge/http/selfsigned.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace launchgate::http {
namespace {

template <auto function>
struct Free {
  template <class T>
  void operator()(T* object) const {
    function(object);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using CertPtr = std::unique_ptr<X509, Free<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Free<BIO_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;
using SerialPtr = std::unique_ptr<BIGNUM, Free<BN_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

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

bool set_names(X509* cert, const SelfSigned& wanted) {
  const NamesPtr names(GENERAL_NAMES_new());
  if (!names) return false;
  for (const std::string& name : wanted.names)
    if (name.empty() || !add_name(names.get(), name)) return false;
  X509_NAME* subject = X509_get_subject_name(cert);
  const auto* common = reinterpret_cast<const unsigned char*>(wanted.common_name.c_str());
  return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common, -1, -1, 0) &&
         X509_set_issuer_name(cert, subject) && X509_add1_ext_i2d(cert, NID_subject_alt_name, names.get(), 0, 0) == 1;
}

bool set_usage(X509* cert) {
  constexpr std::array<std::pair<int, const char*>, 3> kExtensions{{{NID_basic_constraints, "critical,CA:FALSE"},
                                                                    {NID_key_usage, "critical,digitalSignature"},
                                                                    {NID_ext_key_usage, "serverAuth"}}};
  for (const auto& [nid, value] : kExtensions) {
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
    if (!extension || !X509_add_ext(cert, extension.get(), -1)) return false;
  }
  return true;
}

bool set_serial(X509* cert) {
  const SerialPtr number(BN_new());
  return number && BN_rand(number.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(cert));
}

CertPtr build(EVP_PKEY* key, const SelfSigned& wanted) {
  constexpr long kDay = 24L * 60 * 60;
  CertPtr cert(X509_new());
  if (cert && X509_set_version(cert.get(), X509_VERSION_3) && set_serial(cert.get()) &&
      X509_gmtime_adj(X509_getm_notBefore(cert.get()), -300) &&
      X509_gmtime_adj(X509_getm_notAfter(cert.get()), kDay * wanted.days) && X509_set_pubkey(cert.get(), key) &&
      set_names(cert.get(), wanted) && set_usage(cert.get()) && X509_sign(cert.get(), key, EVP_sha256()))
    return cert;
  return nullptr;
}

std::string drain(BIO* bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio, &text);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string{};
}

}  // namespace

Result<PemPair> make_self_signed(const SelfSigned& wanted) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  const CertPtr cert = key && !wanted.names.empty() ? build(key.get(), wanted) : nullptr;
  const BioPtr cert_pem(BIO_new(BIO_s_mem())), key_pem(BIO_new(BIO_s_secmem()));
  if (!cert || !cert_pem || !key_pem || !PEM_write_bio_X509(cert_pem.get(), cert.get()) ||
      !PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr))
    return Error{"no self-signed certificate could be made; check its names (DNS names or IP addresses, at least one)"};
  return PemPair{drain(cert_pem.get()), drain(key_pem.get())};
}

}  // namespace launchgate::http
