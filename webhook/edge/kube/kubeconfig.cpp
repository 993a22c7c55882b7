// https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ and, for a Pod,
// https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "base/base64.h"
#include "base/json_write.h"
#include "base/yaml_read.h"
#include "edge/kube/credentials.h"
#include "edge/kube/file.h"

namespace launchgate::kube {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// One kubeconfig file of $KUBECONFIG.
struct File {
  std::string path;
  Doc doc;
};

// An entry of clusters, users or contexts, and the file that it stands in.
struct Entry {
  Node value;
  const File* file = nullptr;

  Error wrong(std::string field, std::string message) const {
    return Error{std::move(message), std::move(field), file->path, value.line()};
  }
  std::string beside(std::string_view path) const {
    const fs::path p{path};
    return p.is_absolute() ? p.string() : (fs::path{file->path}.parent_path() / p).string();
  }
  // "<name>-data" in base64 wins over the file that "<name>" names, as in kubectl.
  Result<std::string> bytes(const char* name) const {
    const std::string data = std::string{name} + "-data";
    if (const Node n = value[data]) {
      auto decoded = from_base64(n.text());
      if (!decoded) return wrong(data, "is no base64");
      return std::move(*decoded);
    }
    if (const Node n = value[name]) {
      auto read = read_small_file(beside(n.text()));
      if (!read) return wrong(name, read.error().text());
      return read;
    }
    return std::string{};
  }
};

Result<std::vector<std::unique_ptr<File>>> read_files(std::string path) {
  std::vector<std::string> paths;
  const bool named = !path.empty();
  if (named) {
    paths.push_back(path);
  } else if (const std::string list = variable("KUBECONFIG"); !list.empty()) {
    for (std::size_t at = 0; at <= list.size();) {
      const auto end = std::min(list.find(':', at), list.size());
      if (end > at) paths.push_back(list.substr(at, end - at));
      at = end + 1;
    }
  } else {
    paths.push_back(variable("HOME") + "/.kube/config");
  }
  std::vector<std::unique_ptr<File>> out;
  for (const std::string& one : paths) {
    if (!named && paths.size() > 1 && !fs::exists(one)) continue;  // as kubectl does
    auto text = read_small_file(one);
    if (!text) return text.error();
    auto docs = read_yaml(*text);
    if (!docs) {
      Error error = docs.error();
      error.file = one;
      return error;
    }
    if (docs->empty()) continue;
    out.push_back(std::make_unique<File>(File{one, std::move(docs->front())}));
  }
  if (out.empty()) return Error{"there is no kubeconfig: give --kubeconfig FILE or set KUBECONFIG"};
  return out;
}

using Files = std::vector<std::unique_ptr<File>>;

// The first that has the name, in the order of the files.
Entry entry_of(const Files& files, const char* list, const char* inner, std::string_view name) {
  for (const auto& file : files)
    for (Node entry : file->doc.root()[list])
      if (entry["name"].text() == name) return {entry[inner], file.get()};
  return {};
}

// "https://host:port/path" into the cluster.
std::optional<Error> take_server(const Entry& entry, Cluster& out) {
  std::string_view url = entry.value["server"].text();
  const auto wrong = [&](const char* why) { return entry.wrong("server", why); };
  if (url.substr(0, 8) == "https://") url.remove_prefix(8);
  else if (url.substr(0, 7) == "http://") out.tls = false, out.port = 80, url.remove_prefix(7);
  else return wrong("expected https://HOST:PORT");
  const auto slash = url.find('/');
  if (slash != std::string_view::npos) {
    out.base_path = url.substr(slash);
    while (!out.base_path.empty() && out.base_path.back() == '/') out.base_path.pop_back();
    url = url.substr(0, slash);
  }
  const auto bracket = url.rfind(']');
  const auto colon = url.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    const auto digits = url.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || out.port == 0) return wrong("has no good port");
    url = url.substr(0, colon);
  }
  if (url.size() > 2 && url.front() == '[' && url.back() == ']') url = url.substr(1, url.size() - 2);
  if (url.empty()) return wrong("names no host");
  out.host = url;
  const bool loopback = out.host == "localhost" || out.host == "::1" || out.host.substr(0, 4) == "127.";
  if (!out.tls && !loopback) return wrong("is plain http: only a kubectl proxy on this machine may be spoken to so");
  return std::nullopt;
}

std::optional<Error> take_cluster(const Entry& entry, Cluster& out) {
  if (entry.value["proxy-url"]) return entry.wrong("proxy-url", "proxies are not supported: connect directly");
  if (entry.value["insecure-skip-tls-verify"].is_true())
    return entry.wrong("insecure-skip-tls-verify",
                       "TLS is always verified here: give certificate-authority-data instead");
  if (auto error = take_server(entry, out)) return error;
  auto ca = entry.bytes("certificate-authority");
  if (!ca) return ca.error();
  out.ca = std::move(*ca);
  out.tls_server_name = entry.value["tls-server-name"].text();
  return std::nullopt;
}

std::string cluster_info(const Cluster& c) {
  std::string out = R"({"server":)";
  append_json_string(out, (c.tls ? "https://" : "http://") + c.host + ":" + std::to_string(c.port) + c.base_path);
  if (!c.tls_server_name.empty()) {
    out += R"(,"tls-server-name":)";
    append_json_string(out, c.tls_server_name);
  }
  if (!c.ca.empty()) { out += R"(,"certificate-authority-data":")" + base64(c.ca) + "\""; }
  return out + "}";
}

std::optional<Error> take_exec(const Entry& entry, Cluster& out) {
  const Node exec = entry.value["exec"];
  ExecPlugin plugin;
  plugin.api_version = exec["apiVersion"].text();
  if (plugin.api_version != "client.authentication.k8s.io/v1" &&
      plugin.api_version != "client.authentication.k8s.io/v1beta1")
    return entry.wrong("exec.apiVersion", "expected client.authentication.k8s.io/v1 or v1beta1");
  plugin.command = exec["command"].text();
  if (plugin.command.empty()) return entry.wrong("exec.command", "is missing");
  // With a separator it is relative to the kubeconfig, without one it is looked for in $PATH.
  if (plugin.command.find('/') != std::string::npos) plugin.command = entry.beside(plugin.command);
  if (exec["interactiveMode"].text() == "Always")
    return entry.wrong("exec.interactiveMode", "a plugin that asks questions cannot be used here");
  for (Node arg : exec["args"]) plugin.args.emplace_back(arg.text());
  for (Node pair : exec["env"]) plugin.env.emplace_back(pair["name"].text(), pair["value"].text());
  plugin.install_hint = exec["installHint"].text();
  if (exec["provideClusterInfo"].is_true()) plugin.cluster_info = cluster_info(out);
  out.credentials = exec_plugin(std::move(plugin));
  return std::nullopt;
}

std::optional<Error> take_user(const Entry& entry, Cluster& out) {
  for (const char* refused : {"username", "password", "auth-provider"})
    if (entry.value[refused])
      return entry.wrong(refused, "is not supported: use a token, a client certificate or an exec plugin");
  for (const char* refused : {"as", "as-uid", "as-groups", "as-user-extra"})
    if (entry.value[refused]) return entry.wrong(refused, "impersonation is not supported");
  auto certificate = entry.bytes("client-certificate"), key = entry.bytes("client-key");
  if (!certificate) return certificate.error();
  if (!key) return key.error();
  if (certificate->empty() != key->empty())
    return entry.wrong("client-key", "a client certificate and its key go together: one of them is missing");
  out.client_certificate = std::move(*certificate);
  out.client_key = std::move(*key);
  if (const Node token = entry.value["token"]; token && !token.text().empty())
    out.credentials = fixed_token(std::string{token.text()});
  else if (const Node file = entry.value["tokenFile"]; file && !file.text().empty())
    out.credentials = token_file(entry.beside(file.text()));
  else if (entry.value["exec"]) return take_exec(entry, out);
  return std::nullopt;
}

}  // namespace

Result<Cluster> Cluster::from_kubeconfig(std::string path, std::string context) {
  auto files = read_files(path);
  if (!files) return files.error();
  std::string name = context;
  for (const auto& file : *files)
    if (name.empty()) name = file->doc.root()["current-context"].text();
  const std::string& where = files->front()->path;
  if (name.empty()) return Error{"has no current-context: give --context NAME", {}, where};
  const Entry chosen = entry_of(*files, "contexts", "context", name);
  if (!chosen.file) return Error{"has no context \"" + name + "\"", "contexts", where};
  const auto cluster_name = chosen.value["cluster"].text(), user_name = chosen.value["user"].text();
  const Entry cluster = entry_of(*files, "clusters", "cluster", cluster_name);
  if (!cluster.file)
    return chosen.wrong("cluster", "context \"" + name + "\" names the cluster \"" + std::string{cluster_name} +
                                       "\", which is not there");
  Cluster out;
  out.source = "kubeconfig " + cluster.file->path + ", context " + name;
  if (auto error = take_cluster(cluster, out)) return *error;
  if (!user_name.empty()) {
    const Entry user = entry_of(*files, "users", "user", user_name);
    if (!user.file)
      return chosen.wrong(
          "user", "context \"" + name + "\" names the user \"" + std::string{user_name} + "\", which is not there");
    if (auto error = take_user(user, out)) return *error;
  }
  if (const auto ns = chosen.value["namespace"].text(); !ns.empty()) out.ns = ns;
  return out;
}

Result<Cluster> Cluster::in_cluster() {
  const std::string folder = "/var/run/secrets/kubernetes.io/serviceaccount/";
  Cluster out;
  out.source = "the Pod's service account";
  out.host = variable("KUBERNETES_SERVICE_HOST");
  const std::string port = variable("KUBERNETES_SERVICE_PORT");
  if (out.host.empty()) return Error{"this is no Pod: KUBERNETES_SERVICE_HOST is not set"};
  if (!port.empty() &&
      std::from_chars(port.data(), port.data() + port.size(), out.port).ptr != port.data() + port.size())
    return Error{"KUBERNETES_SERVICE_PORT is no port"};
  auto ca = read_small_file(folder + "ca.crt");
  if (!ca) return ca.error();
  out.ca = std::move(*ca);
  out.credentials = token_file(folder + "token");
  if (auto now = out.credentials->get(); !now) return now.error();
  if (auto ns = read_small_file(folder + "namespace")) out.ns = trimmed(*ns);
  return out;
}

Result<Cluster> Cluster::find(std::string kubeconfig, std::string context) {
  const bool pod = !variable("KUBERNETES_SERVICE_HOST").empty();
  if (pod && kubeconfig.empty() && context.empty() && variable("KUBECONFIG").empty()) return in_cluster();
  return from_kubeconfig(std::move(kubeconfig), std::move(context));
}

}  // namespace launchgate::kube
