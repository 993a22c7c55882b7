#include "serve/tending.h"

#include "certs/tender.h"

namespace launchgate {
namespace {

// A look makes a handful of calls; none of them may hold up the end of the process for long.
constexpr std::chrono::seconds kPatience{3};

TenderOptions tender_options(const ServeOptions& o, const std::string& ns) {
  TenderOptions out;
  out.ns = ns;
  if (o.tls_cert.empty()) out.secret = o.tls_secret;  // files are kept by somebody else
  out.configurations = o.webhook_configurations;
  const std::string server = o.service + "." + ns + ".svc";
  out.names = {server, server + ".cluster.local", o.service + "." + ns};
  for (const std::string& name : o.tls_names) out.names.push_back(name);
  return out;
}

class Tending final : public Attendant {
 public:
  Tending(const Surroundings& around, const std::string& ns)
      : api_(around.client, kPatience),
        tender_(
            api_, tender_options(around.options, ns), around.tls(),
            [unready = around.unready](std::string reason) { unready("certificate", std::move(reason)); }, around.log,
            around.metrics) {}
  void start() override { tender_.start(); }
  void stop() override { tender_.stop(); }

 private:
  kube::ClientApi api_;
  Tender tender_;
};

}  // namespace

std::unique_ptr<Attendant> tend_certificates(const Surroundings& around, const std::string& ns) {
  if (around.options.webhook_configurations.empty()) return nullptr;
  return std::make_unique<Tending>(around, ns);
}

}  // namespace launchgate
