// Cluster: where the API server is and who we are there, from a kubeconfig or from inside a Pod.
//
// What is understood: certificate-authority(-data), tls-server-name, client-certificate(-data) and client-key(-data),
// token, tokenFile, exec credential plugins (client.authentication.k8s.io/v1 and v1beta1, run without a shell, with a
// time limit); in a Pod the service account's token, read again as it rotates. What is refused, with a sentence that
// says so: proxy-url, insecure-skip-tls-verify, username and password, auth-provider, plain http to anything but
// loopback. TLS is always verified.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace launchgate::kube {

// Gives the bearer token of the moment. Any thread; may read a file or run a plugin, so never on the path of a request.
class Credentials {
 public:
  virtual ~Credentials() = default;
  struct Now {
    std::string token;                           // empty: none (a client certificate speaks)
    std::string client_certificate, client_key;  // PEM; from an exec plugin, else empty
  };
  virtual Result<Now> get() = 0;
  virtual void refused() = 0;  // 401: what was given is no good any more
};

struct Cluster {
  // $KUBERNETES_SERVICE_HOST and the files under /var/run/secrets/kubernetes.io/serviceaccount.
  static Result<Cluster> in_cluster();
  // `path` empty: $KUBECONFIG (a list of files, merged as kubectl does), else ~/.kube/config. `context` empty: the current.
  static Result<Cluster> from_kubeconfig(std::string path = {}, std::string context = {});
  // In a Pod in_cluster(), else the kubeconfig.
  static Result<Cluster> find(std::string kubeconfig = {}, std::string context = {});

  std::string host;  // DNS name or IP address, without brackets
  std::uint16_t port = 443;
  std::string base_path;                       // of a server behind a path ("/k8s/clusters/c-1"); usually empty
  std::string tls_server_name;                 // what the certificate must be for; empty: host
  std::string ca;                              // PEM; empty: the system's
  std::string client_certificate, client_key;  // PEM; empty: none
  std::shared_ptr<Credentials> credentials;    // null: none
  std::string ns = "default";                  // the context's or the Pod's namespace
  std::string source;                          // "kubeconfig ~/.kube/config, context prod", for messages
  bool tls = true;                             // false only for http on loopback (kubectl proxy)
};

}  // namespace launchgate::kube
