#include "edge/tls/plan.h"

#include <algorithm>

#include "edge/tls/authority.h"
#include "edge/tls/certificate.h"

namespace launchgate::tls {
namespace {

constexpr std::size_t kMostAuthorities = 8;
constexpr std::size_t kMostNames = 16;

struct Authority {
  Certificate cert;
  std::string key;  // empty: it is trusted and signs no more
};

// The Secret, read.
struct Held {
  std::vector<Authority> authorities;  // not expired; the newest last
  bool untidy = false;                 // there is something in it that is of no use
  std::optional<Certificate> leaf;     // only with its key, from a trusted CA, valid now
  std::string why_no_leaf;
  bool future = false;  // one of them begins only later
};

bool older(const Authority& a, const Authority& b) { return a.cert.not_before < b.cert.not_before; }

std::vector<Authority> read_authorities(const Situation& s, bool& untidy) {
  const Bundle bundle = read_bundle(s.held.bundle);
  std::vector<std::string> keys = read_keys(s.held.signers);
  std::vector<Authority> out;
  for (const Certificate& cert : bundle.certificates) {
    if (!cert.authority || cert.not_after <= s.now) continue;
    Authority authority{cert, {}};
    std::erase_if(keys, [&](const std::string& key) {
      const bool mine = key_matches(cert.pem, key);
      if (mine) authority.key = key;
      return mine;
    });
    out.push_back(std::move(authority));
  }
  std::stable_sort(out.begin(), out.end(), older);
  untidy = bundle.damaged || !keys.empty() || out.size() != bundle.certificates.size();
  while (out.size() > kMostAuthorities) out.erase(out.begin()), untidy = true;
  return out;
}

std::string bundle_of(const std::vector<Authority>& authorities) {
  std::string out;
  for (const Authority& a : authorities) out += a.cert.pem;
  return out;
}

std::string keys_of(const std::vector<Authority>& authorities) {
  std::string out;
  for (const Authority& a : authorities) out += a.key;
  return out;
}

Held read(const Situation& s) {
  Held out;
  out.authorities = read_authorities(s, out.untidy);
  const auto leaf = read_certificate(s.held.certificate);
  if (!leaf)
    out.why_no_leaf = s.held.certificate.empty() ? "there is no certificate" : "tls.crt " + leaf.error().message;
  else if (!key_matches(s.held.certificate, s.held.key)) out.why_no_leaf = "tls.key is not the key of tls.crt";
  else if (leaf->not_before > s.now) out.future = true;
  else if (leaf->names.empty()) out.why_no_leaf = "tls.crt is for no name";
  else if (const auto why = distrust(bundle_of(out.authorities), s.held.certificate, leaf->names.front(), s.now))
    out.why_no_leaf = "tls.crt is not trusted: " + why->message;
  else out.leaf = *leaf;
  for (const Authority& a : out.authorities) out.future |= a.cert.not_before > s.now;
  return out;
}

// The moment from which a certificate is to be replaced: two thirds of its life, later by up to a twentieth.
TimePoint due(const Certificate& cert, double jitter) {
  const auto life = cert.not_after - cert.not_before;
  return cert.not_before + life * 2 / 3 +
         Seconds{static_cast<std::int64_t>(static_cast<double>(life.count()) * jitter / 20)};
}

// The CA that signs a leaf now: the newest that the API servers know, else the one before it, else whichever there is.
struct Signer {
  const Authority* authority = nullptr;
  bool known = false;  // to the API servers: its leaves may be served at once
};

Signer signer_of(const Held& held, const Situation& s) {
  std::vector<const Authority*> able;
  for (const Authority& a : held.authorities)
    if (!a.key.empty()) able.push_back(&a);
  if (able.empty()) return {};
  const Authority* newest = able.back();
  const bool known = s.published_since && s.now - *s.published_since >= s.terms.overlap &&
                     s.now - newest->cert.not_before >= kBackdate + s.terms.overlap;
  if (known || able.size() == 1) return {newest, known};
  const Authority* before = able[able.size() - 2];
  // An old CA that cannot sign for a month more is no alternative to one that is not known everywhere yet.
  if (before->cert.not_after - s.now < s.terms.leaf / 3) return {newest, false};
  return {before, true};
}

bool covers(const Certificate& leaf, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(leaf.names.begin(), leaf.names.end(), name) != leaf.names.end();
  });
}

// With the names of the leaf that is replaced: a replica of another version may want those, and neither must undo what
// the other has done.
std::vector<std::string> names_together(const std::vector<std::string>& wanted, const Certificate& leaf) {
  std::vector<std::string> out = wanted;
  for (const std::string& name : leaf.names)
    if (out.size() < kMostNames && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  return out;
}

Plan plan_leaf(const Held& held, const Situation& s, const Signer& signer) {
  const Certificate& ca = signer.authority->cert;
  if (!held.leaf) return {Step::issue, held.why_no_leaf, ca.fingerprint, s.names};
  if (!covers(*held.leaf, s.names))
    return {Step::issue, "tls.crt lacks a name that is wanted", ca.fingerprint, names_together(s.names, *held.leaf)};
  // A leaf of a CA that is not known yet is the last resort: the one that is held is trusted for some weeks more.
  if (!signer.known && held.leaf->issuer != ca.subject && held.leaf->not_after - s.now > s.terms.leaf / 6) return {};
  if (s.now >= due(*held.leaf, s.jitter) && (held.leaf->issuer != ca.subject || held.leaf->not_after < ca.not_after))
    return {Step::issue, "two thirds of its life are over", ca.fingerprint, s.names};
  if (held.leaf->issuer != ca.subject && signer.authority == &held.authorities.back())
    return {Step::issue, "the new CA is known to the API servers and signs from now on", ca.fingerprint, s.names};
  return {};
}

}  // namespace

Plan plan(const Situation& s) {
  const Held held = read(s);
  if (held.future)
    return {Step::wait, "what the Secret holds begins in the future: the clock here or of another node is wrong"};
  const Signer signer = signer_of(held, s);
  if (!signer.authority) {
    const std::string why =
        held.authorities.empty() ? "there is no CA that is still valid" : "ca.key holds no key of a CA";
    if (held.leaf && covers(*held.leaf, s.names)) return {Step::add, why};
    return {Step::begin, why, {}, s.names};
  }
  if (Plan leaf = plan_leaf(held, s, signer); leaf.step != Step::keep) return leaf;
  const auto newest = std::find_if(held.authorities.rbegin(), held.authorities.rend(),
                                   [](const Authority& a) { return !a.key.empty(); });
  if (s.now >= due(newest->cert, s.jitter)) return {Step::add, "two thirds of the CA's life are over"};
  if (held.untidy) return {Step::tidy, "it holds what is expired, unreadable or of no use"};
  return {};
}

Result<Material> carry_out(const Plan& plan, const Situation& s) {
  Held held = read(s);
  if (plan.step == Step::add || plan.step == Step::begin) {
    const auto made = make_authority("launchgate", s.now, s.terms.authority);
    if (!made) return made.error();
    auto cert = read_certificate(made->certificate);
    if (!cert) return cert.error();
    held.authorities.push_back({*cert, made->key});
  }
  Material out{bundle_of(held.authorities), keys_of(held.authorities), s.held.certificate, s.held.key};
  if (plan.step == Step::add || plan.step == Step::tidy) return out;
  const auto signer = std::find_if(held.authorities.rbegin(), held.authorities.rend(), [&](const Authority& a) {
    return plan.step == Step::begin || a.cert.fingerprint == plan.signer;
  });
  if (signer == held.authorities.rend()) return Error{"the CA that was to sign has left the Secret"};
  const auto leaf = issue({signer->cert.pem, signer->key}, plan.names, s.now, s.terms.leaf);
  if (!leaf) return leaf.error();
  out.certificate = leaf->certificate;
  out.key = leaf->key;
  if (signer == held.authorities.rbegin()) out.signers = signer->key;  // the others need not sign any more
  return out;
}

}  // namespace launchgate::tls
