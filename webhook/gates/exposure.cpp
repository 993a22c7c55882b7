#include "gates/exposure.h"

#include <algorithm>
#include <string_view>

#include "base/ascii.h"

namespace launchgate {
namespace {

using Text = std::string_view;

bool ends(Text s, Text with) { return s.size() >= with.size() && s.substr(s.size() - with.size()) == with; }
bool mentions(Text s, Text word) { return s.find(word) != Text::npos; }

// Only resolvers of the inside know such names. No host at all is every host.
bool private_host(Text host) {
  const auto h = lower(host);
  return ends(h, ".internal") || ends(h, ".local") || ends(h, ".svc") || h == "localhost";
}

// networking.gke.io/load-balancer-type: Internal, service.beta.kubernetes.io/azure-load-balancer-internal: "true",
// …/aws-load-balancer-scheme: internal, …/openstack-internal-load-balancer: "true" and their like.
bool internal_load_balancer(Node annotations) {
  for (Node a : annotations) {
    const auto key = lower(a.key()), value = lower(a.text());
    if (!mentions(key, "load-balancer")) continue;
    if (value == "internal" || (mentions(key, "internal") && !value.empty() && value != "false")) return true;
  }
  return false;
}

bool selects(Node selector, const Workload& w) {
  return selector.size() != 0 && std::any_of(w.pods.begin(), w.pods.end(), [&](const PodView& pod) {
           for (Node label : selector)
             if (pod.metadata["labels"][label.key()].text() != label.text()) return false;
           return true;
         });
}

class Reader {
 public:
  Reader(const Snapshot& world, const Workload& w, bool ways) : world_(world) {
    world.each("Service", w.ns, [&](const WorldObject& o) { read_service(o, o.object->root(), w); });
    if (!ways) return;
    world.each("Ingress", w.ns, [&](const WorldObject& o) { read_ingress(o, o.object->root()); });
    for (Text kind : {Text{"HTTPRoute"}, Text{"GRPCRoute"}})
      world.each(kind, w.ns, [&](const WorldObject& o) { read_route(o, o.object->root()); });
  }
  Exposure out;

 private:
  bool is_ours(Text service) const {
    return std::find(out.services.begin(), out.services.end(), service) != out.services.end();
  }
  void open(const WorldObject& o, Text how) {
    out.open.push_back(o.kind + " " + o.ns + "/" + o.name + " " + std::string{how});
  }
  void open_host(const WorldObject& o, Text host) { open(o, "for " + (host.empty() ? "any host" : std::string{host})); }

  void read_service(const WorldObject& o, Node service, const Workload& w) {
    if (!selects(service["spec"]["selector"], w)) return;
    out.services.push_back(o.name);
    if (service["spec"]["type"].text() != "LoadBalancer") return;
    const Node annotations = service["metadata"]["annotations"];
    const auto balancer = service["spec"]["loadBalancerClass"].text();
    const bool aws_default =
        balancer == "service.k8s.aws/nlb" &&  // internal unless it says otherwise
        annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"].text() != "internet-facing";
    if (!aws_default && !mentions(balancer, "internal") && !internal_load_balancer(annotations))
      open(o, "of type LoadBalancer");
  }

  void read_ingress(const WorldObject& o, Node ingress) {
    const Node annotations = ingress["metadata"]["annotations"], spec = ingress["spec"];
    auto ingress_class = lower(spec["ingressClassName"].text());
    if (ingress_class.empty()) ingress_class = lower(annotations["kubernetes.io/ingress.class"].text());
    const auto scheme = annotations["alb.ingress.kubernetes.io/scheme"].text();  // its default is internal
    if (mentions(ingress_class, "internal") || scheme == "internal" ||
        (ingress_class == "alb" && scheme != "internet-facing"))
      return;
    if (is_ours(spec["defaultBackend"]["service"]["name"].text())) return open_host(o, {});
    for (Node rule : spec["rules"])
      for (Node path : rule["http"]["paths"])
        if (is_ours(path["backend"]["service"]["name"].text()) && !private_host(rule["host"].text()))
          return open_host(o, rule["host"].text());
  }

  // A route is open where a Gateway carries it; one for the mesh (parent Service) or without a parent is not.
  void read_route(const WorldObject& o, Node route) {
    const Node spec = route["spec"];
    if (!has_open_gateway(spec["parentRefs"], o.ns) || !reaches_us(spec["rules"], o.ns)) return;
    if (!spec["hostnames"].size()) return open_host(o, {});
    for (Node host : spec["hostnames"])
      if (!private_host(host.text())) return open_host(o, host.text());
  }
  bool reaches_us(Node rules, Text ns) const {
    for (Node rule : rules)
      for (Node backend : rule["backendRefs"]) {
        const auto kind = backend["kind"].text(), where = backend["namespace"].text();
        if ((kind.empty() || kind == "Service") && (where.empty() || where == ns) && is_ours(backend["name"].text()))
          return true;
      }
    return false;
  }
  bool has_open_gateway(Node parents, Text ns) const {
    for (Node parent : parents) {
      const auto kind = parent["kind"].text();
      if (!kind.empty() && kind != "Gateway") continue;
      const auto where = parent["namespace"].text();
      const WorldObject* gateway = world_.find("Gateway", where.empty() ? ns : where, parent["name"].text());
      const Node spec = gateway ? gateway->object->root()["spec"] : Node{};
      const auto name = lower(parent["name"].text()), its_class = lower(spec["gatewayClassName"].text());
      if (mentions(name, "internal") || mentions(its_class, "internal") || mentions(its_class, "rilb"))
        continue;  // gke-l7-rilb: regional internal
      if (!internal_load_balancer(spec["infrastructure"]["annotations"])) return true;
    }
    return false;
  }

  const Snapshot& world_;
};

}  // namespace

Exposure exposure_of(const Snapshot& world, const Workload& workload, bool ways) {
  return Reader{world, workload, ways}.out;
}

}  // namespace launchgate
