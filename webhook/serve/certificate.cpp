#include "serve/certificate.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>

#include "edge/files/read.h"
#include "edge/tls/authority.h"
#include "edge/tls/certificate.h"

namespace launchgate {
namespace {

constexpr std::size_t kMaxPem = 1u << 20;

tls::SelfSigned wanted_names(const ServeOptions& options) {
  tls::SelfSigned wanted;
  const auto add = [&](const std::string& name) {
    if (std::find(wanted.names.begin(), wanted.names.end(), name) == wanted.names.end()) wanted.names.push_back(name);
  };
  for (const std::string& name : options.tls_names) add(name);
  const std::string& address = options.listen.address;
  if (!address.empty() && address != "0.0.0.0" && address != "::") add(address);
  return wanted;
}

// Beside it first and then renamed, so that whoever waits for the file never reads half of it.
std::optional<Error> write_whole(const std::string& path, const std::string& text) {
  const std::string beside = path + ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out || std::rename(beside.c_str(), path.c_str()) != 0)
    return Error{"the certificate cannot be written there", {}, path};
  return std::nullopt;
}

}  // namespace

Result<CertificateFacts> certificate_facts(const std::string& pem) {
  const auto read = tls::read_certificate(pem);
  if (!read) return Error{"the certificate cannot be read"};
  return CertificateFacts{read->not_before, read->not_after, read->fingerprint};
}

Result<Certificate> Certificate::obtain(const ServeOptions& options) {
  Certificate out;
  out.cert_file_ = options.tls_cert;
  out.key_file_ = options.tls_key;
  if (options.tls_cert.empty() != options.tls_key.empty())
    return Error{"a certificate and its key go together: one of --tls-cert and --tls-key is missing"};
  if (!out.self_signed() && !options.write_ca.empty())
    return Error{"--write-ca writes the self-signed certificate, and --tls-cert brings another: leave one of them out"};
  if (out.self_signed()) {
    const auto pair = tls::make_self_signed(wanted_names(options));
    if (!pair) return pair.error();
    auto tls = http::TlsContext::from_pem(pair->certificate, pair->key);
    if (!tls) return tls.error();
    out.tls_ = *tls;
    if (!options.write_ca.empty())
      if (auto error = write_whole(options.write_ca, pair->certificate)) return *error;
  } else {
    out.hash_ = out.hash_files();
    auto tls = http::TlsContext::from_files(out.cert_file_, out.key_file_);
    if (!tls) return tls.error();
    out.tls_ = *tls;
  }
  const auto facts = certificate_facts(out.tls_->certificate());
  if (!facts) return facts.error();
  out.facts_ = *facts;
  return out;
}

std::vector<std::string> Certificate::files() const {
  return self_signed() ? std::vector<std::string>{} : std::vector{cert_file_, key_file_};
}

std::optional<std::size_t> Certificate::hash_files() const {
  const auto cert = read_regular(cert_file_, kMaxPem), key = read_regular(key_file_, kMaxPem);
  if (!cert || !key) return std::nullopt;
  return std::hash<std::string>{}(cert->bytes) * 31 + std::hash<std::string>{}(key->bytes);
}

std::optional<Result<CertificateFacts>> Certificate::look() {
  if (self_signed()) return std::nullopt;
  const auto hash = hash_files();
  if (hash == hash_) return std::nullopt;
  hash_ = hash;
  if (auto error = tls_->reload()) return Result<CertificateFacts>{*error};
  auto facts = certificate_facts(tls_->certificate());
  if (facts) facts_ = *facts;
  return facts;
}

}  // namespace launchgate
