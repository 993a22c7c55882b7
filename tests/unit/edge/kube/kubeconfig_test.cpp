#include <gmock/gmock.h>

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "edge/kube/cluster.h"
#include "edge/kube/credentials.h"
#include "support/temp_dir.h"

namespace launchgate::kube {
namespace {

using testing::HasSubstr;

std::string read(const TempDir& dir, const std::string& name) {
  std::ostringstream out;
  out << std::ifstream{dir.path(name)}.rdbuf();
  return out.str();
}

// A kubeconfig of one context, with these lines in its cluster and its user.
std::string config(const std::string& cluster, const std::string& user, const std::string& more = {}) {
  return "apiVersion: v1\nkind: Config\ncurrent-context: main\n"
         "contexts: [{name: main, context: {cluster: c, user: u, namespace: shop}}]\n"
         "clusters: [{name: c, cluster: {" + cluster + "}}]\nusers: [{name: u, user: {" + user + "}}]\n" + more;
}

struct Bad {
  const char *cluster, *user, *says;
};

TEST(Kubeconfig, refuses_what_it_cannot_do_and_says_which_line) {
  const Bad rows[] = {
      {"server: 'https://a', proxy-url: 'http://p'", "", "proxies are not supported"},
      {"server: 'https://a', insecure-skip-tls-verify: true", "", "TLS is always verified"},
      {"server: 'http://example.org'", "", "is plain http"},
      {"server: 'ftp://a'", "", "expected https://HOST:PORT"},
      {"server: 'https://a:99999'", "", "has no good port"},
      {"server: 'https://:1'", "", "names no host"},
      {"server: 'https://a', certificate-authority-data: '%%%'", "", "certificate-authority-data: is no base64"},
      {"server: 'https://a', certificate-authority: nowhere.crt", "", "nowhere.crt: cannot be opened"},
      {"server: 'https://a'", "username: u, password: p", "username: is not supported"},
      {"server: 'https://a'", "auth-provider: {name: gcp}", "auth-provider: is not supported"},
      {"server: 'https://a'", "as: root", "impersonation is not supported"},
      {"server: 'https://a'", "client-certificate-data: YQ==", "a client certificate and its key go together"},
      {"server: 'https://a'", "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}", "v1 or v1beta1"},
      {"server: 'https://a'", "exec: {apiVersion: client.authentication.k8s.io/v1}", "exec.command: is missing"},
  };
  const TempDir dir;
  for (const Bad& row : rows) {
    dir.write("config", config(row.cluster, row.user));
    const auto got = Cluster::from_kubeconfig(dir.path() + "/config");
    ASSERT_FALSE(got) << row.says;
    EXPECT_THAT(got.error().text(), HasSubstr(row.says));
    EXPECT_THAT(got.error().text(), HasSubstr(dir.path()));
  }
}

TEST(Kubeconfig, reads_what_it_needs) {
  const TempDir dir;
  dir.write("ca.crt", "CA");
  dir.write("token", " secret\n");
  dir.write("config", config("server: 'https://[fd00::1]:6443/k8s/clusters/one/', certificate-authority: ca.crt, tls-server-name: api",
                             "tokenFile: token, client-certificate-data: Q0VSVA==, client-key-data: S0VZ"));
  const auto got = Cluster::from_kubeconfig(dir.path() + "/config");
  ASSERT_TRUE(got) << got.error().text();
  EXPECT_EQ(got->host, "fd00::1");
  EXPECT_EQ(got->port, 6443);
  EXPECT_EQ(got->base_path, "/k8s/clusters/one");
  EXPECT_EQ(got->ca, "CA");
  EXPECT_EQ(got->tls_server_name, "api");
  EXPECT_EQ(got->client_certificate, "CERT");
  EXPECT_EQ(got->client_key, "KEY");
  EXPECT_EQ(got->ns, "shop");
  EXPECT_EQ(got->credentials->get()->token, "secret");
  EXPECT_THAT(got->source, HasSubstr("context main"));
}

TEST(Kubeconfig, names_what_is_missing) {
  const TempDir dir;
  const std::string path = dir.path() + "/config";
  dir.write("config", config("server: 'https://a'", ""));
  EXPECT_THAT(Cluster::from_kubeconfig(path, "other").error().text(), HasSubstr("has no context \"other\""));
  dir.write("config", "clusters: []\n");
  EXPECT_THAT(Cluster::from_kubeconfig(path).error().text(), HasSubstr("has no current-context"));
  dir.write("config", "current-context: a\ncontexts: [{name: a, context: {cluster: gone}}]\n");
  EXPECT_THAT(Cluster::from_kubeconfig(path).error().text(), HasSubstr("the cluster \"gone\", which is not there"));
  EXPECT_THAT(Cluster::from_kubeconfig(dir.path() + "/none").error().text(), HasSubstr("cannot be opened"));
  dir.write("config", "a: [\n");
  EXPECT_THAT(Cluster::from_kubeconfig(path).error().text(), HasSubstr(path));
}

TEST(Kubeconfig, several_files_are_merged_and_the_first_wins) {
  const TempDir dir;
  dir.write("one", "contexts: [{name: main, context: {cluster: c, user: u}}]\n");
  dir.write("two", config("server: 'https://two'", "token: t"));
  ::setenv("KUBECONFIG", (dir.path() + "/one:" + dir.path() + "/gone:" + dir.path() + "/two").c_str(), 1);
  const auto got = Cluster::from_kubeconfig();
  ::unsetenv("KUBECONFIG");
  ASSERT_TRUE(got) << got.error().text();
  EXPECT_EQ(got->host, "two");
  EXPECT_EQ(got->ns, "default") << "the first file's context says no namespace";
}

// A plugin that prints `out`, and writes down that it ran.
ExecPlugin plugin(const TempDir& dir, const std::string& script) {
  dir.write("plugin", "#!/bin/sh\necho x >>" + dir.path() + "/runs\n" + script + "\n");
  ::chmod((dir.path() + "/plugin").c_str(), 0755);
  ExecPlugin out;
  out.api_version = "client.authentication.k8s.io/v1";
  out.command = dir.path() + "/plugin";
  out.patience = std::chrono::seconds{2};
  return out;
}

const char* kCredential = R"(echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t-'"$WHO"'"}}')";

TEST(ExecPlugin, gives_a_token_that_is_kept_until_it_is_refused) {
  const TempDir dir;
  ExecPlugin p = plugin(dir, kCredential);
  p.env = {{"WHO", "me"}};
  const auto credentials = exec_plugin(p);
  EXPECT_EQ(credentials->get()->token, "t-me");
  EXPECT_EQ(credentials->get()->token, "t-me");
  EXPECT_EQ(read(dir, "runs"), "x\n");
  credentials->refused();
  EXPECT_EQ(credentials->get()->token, "t-me");
  EXPECT_EQ(read(dir, "runs"), "x\nx\n");
}

TEST(ExecPlugin, an_expired_token_is_fetched_anew) {
  const TempDir dir;
  const auto credentials = exec_plugin(plugin(dir, R"(echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t","expirationTimestamp":"2001-01-01T00:00:00Z"}}')"));
  EXPECT_TRUE(credentials->get());
  EXPECT_TRUE(credentials->get());
  EXPECT_EQ(read(dir, "runs"), "x\nx\n");
}

TEST(ExecPlugin, says_what_went_wrong_and_never_what_was_printed) {
  const TempDir dir;
  const std::pair<const char*, const char*> rows[] = {
      {"exit 3", "ended with code 3"},
      {"echo hunter2-secret", "did not print JSON"},
      {"echo '{\"kind\":\"hunter2-secret\"}'", "did not print an ExecCredential"},
      {R"(echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{}}')", "neither a token nor a certificate"},
      {"exec sleep 30", "took longer than 2 s"},
      {"head -c 2000000 /dev/zero", "more than 1 MiB"},
  };
  for (const auto& [script, says] : rows) {
    const auto got = exec_plugin(plugin(dir, script))->get();
    ASSERT_FALSE(got);
    EXPECT_THAT(got.error().text(), HasSubstr(says));
    EXPECT_THAT(got.error().text(), testing::Not(HasSubstr("hunter2")));
  }
  ExecPlugin none;
  none.command = "/nowhere/plugin";
  none.install_hint = "install it";
  EXPECT_THAT(exec_plugin(none)->get().error().text(), HasSubstr("cannot be run: No such file or directory: install it"));
}

TEST(TokenFile, is_read_again_after_a_refusal_and_survives_its_file) {
  const TempDir dir;
  dir.write("token", "one");
  const auto credentials = token_file(dir.path() + "/token");
  EXPECT_EQ(credentials->get()->token, "one");
  dir.write("token", "two");
  EXPECT_EQ(credentials->get()->token, "one") << "for a minute";
  credentials->refused();
  EXPECT_EQ(credentials->get()->token, "two");
  ::unlink((dir.path() + "/token").c_str());
  credentials->refused();
  EXPECT_EQ(credentials->get()->token, "two");
}

}  // namespace
}  // namespace launchgate::kube
