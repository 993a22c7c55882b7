#include "edge/http/tls.h"

#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "support.h"

namespace launchgate::http {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test, gone with it.
class Tls : public ::testing::Test {
 protected:
  Tls() {
    std::string name = (fs::temp_directory_path() / "edge_http_XXXXXX").string();
    dir = ::mkdtemp(name.data());
  }
  ~Tls() override { fs::remove_all(dir); }
  std::string write(const std::string& name, std::string_view text) {
    const std::string path = (dir / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  fs::path dir;
  const tls::Pair one = *tls::make_self_signed({.names = {"one.example"}, .common_name = "one"});
  const tls::Pair two = *tls::make_self_signed({.names = {"two.example"}, .common_name = "two"});
};

std::string served_name(Client& client) {
  char name[64] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(SSL_get0_peer_certificate(client.ssl())), NID_commonName, name, sizeof name);
  return name;
}

TEST_F(Tls, SelfSignedIsForItsNamesOnly) {
  const tls::Pair pair = *tls::make_self_signed();
  BIO* bio = BIO_new_mem_buf(pair.certificate.data(), -1);
  X509* cert = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  ASSERT_NE(cert, nullptr);
  EXPECT_EQ(X509_check_host(cert, "localhost", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_ip_asc(cert, "127.0.0.1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(cert, "::1", 0), 1);
  EXPECT_NE(X509_check_host(cert, "example.com", 0, 0, nullptr), 1);
  EXPECT_EQ(EVP_PKEY_get_base_id(X509_get0_pubkey(cert)), EVP_PKEY_EC);
  EXPECT_LT(X509_cmp_current_time(X509_get0_notBefore(cert)), 0);
  EXPECT_GT(X509_cmp_current_time(X509_get0_notAfter(cert)), 0);
  X509_free(cert);
  BIO_free(bio);
  EXPECT_FALSE(tls::make_self_signed({.names = {}}));
  EXPECT_FALSE(tls::make_self_signed({.names = {""}}));
}

TEST_F(Tls, SelfSignedIsItsOwnCaBundle) {
  TestServer server;
  const std::string ca = write("ca.crt", server.tls->certificate());
  Client client(server.port, Client::Kind::tls, [&](SSL_CTX* context) {
    SSL_CTX_load_verify_file(context, ca.c_str());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  });
  EXPECT_TRUE(client.connected());
}

TEST_F(Tls, AMismatchNamesBothFiles) {
  const std::string cert = write("tls.crt", one.certificate), key = write("tls.key", two.key);
  const auto context = TlsContext::from_files(cert, key);
  ASSERT_FALSE(context);
  EXPECT_EQ(context.error().text(),
            cert + ": does not match its key: the private key in " + key + " is another certificate's");
}

TEST_F(Tls, WhatIsWrongWithAFileIsSaidWithItsName) {
  const std::string cert = write("tls.crt", one.certificate), key = write("tls.key", one.key);
  const std::string none = write("none", "hello"), empty = write("empty", ""), huge = write("huge", std::string(2 << 20, 'x'));
  const std::string cut = write("cut", one.certificate.substr(0, one.certificate.size() / 2));
  const std::string missing = (dir / "missing").string();
  const std::string locked = write("locked",
                                   "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHeMEkGCSqGSIb3DQEFDTA8MBsGCSqGSIb3DQEFDDAOBAi"
                                   "x\n-----END ENCRYPTED PRIVATE KEY-----\n");
  struct Row { std::string cert, key, wanted; };
  const Row rows[] = {
      {missing, key, missing + ": cannot be read"},
      {cert, missing, missing + ": cannot be read"},
      {dir.string(), key, dir.string() + ": "},
      {none, key, none + ": holds no PEM certificate"},
      {empty, key, empty + ": holds no PEM certificate"},
      {key, key, key + ": holds no PEM certificate"},
      {cut, key, cut + ": holds a certificate that cannot be read"},
      {huge, key, huge + ": is larger than 1 MiB"},
      {cert, none, none + ": holds no readable PEM private key"},
      {cert, empty, empty + ": holds no readable PEM private key"},
      {cert, cert, cert + ": holds no readable PEM private key"},
      {cert, locked, locked + ": holds no readable PEM private key"},
  };
  for (const Row& row : rows) {
    const auto context = TlsContext::from_files(row.cert, row.key);
    ASSERT_FALSE(context) << row.wanted;
    EXPECT_EQ(context.error().text().substr(0, row.wanted.size()), row.wanted);
  }
}

// Who opens a pipe that nobody writes to waits for ever, and with it the thread that reloads.
TEST_F(Tls, APipeIsNoCertificateAndNobodyWaitsForIt) {
  const std::string cert = write("tls.crt", one.certificate), key = write("tls.key", one.key);
  const std::string pipe = (dir / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(TlsContext::from_files(pipe, key).error().text(), pipe + ": is not a regular file");
  EXPECT_EQ(TlsContext::from_files(cert, pipe).error().text(), pipe + ": is not a regular file");
}

TEST_F(Tls, ReloadServesTheNewPairAndDropsNobody) {
  const std::string cert = write("tls.crt", one.certificate), key = write("tls.key", one.key);
  const auto tls = *TlsContext::from_files(cert, key);
  Server server({.threads = 1});
  const auto port = *server.listen({.address = "127.0.0.1", .port = 0, .tls = tls, .handler = describe});
  server.start();
  Client before(port);
  EXPECT_EQ(served_name(before), "one");
  EXPECT_EQ(before.ask(get("/1")).status, 200u);

  write("tls.crt", two.certificate);
  ASSERT_TRUE(tls->reload());                          // half of the new pair: refused, and the old one stays
  EXPECT_EQ(tls->certificate(), one.certificate);
  write("tls.key", two.key);
  ASSERT_FALSE(tls->reload());
  EXPECT_EQ(tls->certificate(), two.certificate);

  Client after(port);
  EXPECT_EQ(served_name(after), "two");
  EXPECT_EQ(after.ask(get("/2")).status, 200u);
  EXPECT_EQ(before.ask(get("/3")).status, 200u);

  fs::remove(cert);
  EXPECT_TRUE(tls->reload());
  Client later(port);
  EXPECT_EQ(served_name(later), "two");
  EXPECT_FALSE(tls->replace(one.certificate, one.key));
  EXPECT_TRUE(tls->replace(one.certificate, two.key));
  Client last(port);
  EXPECT_EQ(served_name(last), "one");
}

TEST_F(Tls, ReloadUnderLoad) {
  TestServer server(describe, {}, 2);
  std::atomic<bool> stop{false};
  std::atomic<int> failed{0};
  std::thread clients([&] {
    Client kept = server.client();
    while (!stop) {
      if (server.client().ask(get("/new")).status != 200) ++failed;
      if (kept.ask(get("/kept")).status != 200) ++failed;
    }
  });
  for (int i = 0; i < 50; ++i) ASSERT_FALSE(server.tls->replace(i % 2 ? one.certificate : two.certificate, i % 2 ? one.key : two.key));
  stop = true;
  clients.join();
  EXPECT_EQ(failed, 0);
}

TEST_F(Tls, Versions) {
  TestServer server;
  const auto at_most = [](int version) {
    return [version](SSL_CTX* context) {
      SSL_CTX_set_security_level(context, 0);
      SSL_CTX_set_max_proto_version(context, version);
    };
  };
  EXPECT_FALSE(Client(server.port, Client::Kind::tls, at_most(TLS1_1_VERSION)).connected());
  Client tls12(server.port, Client::Kind::tls, at_most(TLS1_2_VERSION));
  EXPECT_EQ(tls12.ask(get("/")).status, 200u);
  Client tls13 = server.client();
  EXPECT_STREQ(SSL_get_version(tls13.ssl()), "TLSv1.3");
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.handshake_failures == 1; }));
}

TEST_F(Tls, AlpnAgreesOnHttp11OrRefuses) {
  TestServer server;
  const auto offer = [](std::string protocols) {
    return [protocols](SSL_CTX* context) {
      SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(protocols.data()),
                              static_cast<unsigned>(protocols.size()));
    };
  };
  Client both(server.port, Client::Kind::tls, offer("\x02h2\x08http/1.1"));
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(both.ssl(), &chosen, &size);
  EXPECT_EQ(std::string(chosen, chosen + size), "http/1.1");
  EXPECT_FALSE(Client(server.port, Client::Kind::tls, offer("\x02h2")).connected());
}

TEST_F(Tls, RenegotiationIsRefused) {
  TestServer server;
  Client client(server.port, Client::Kind::tls, [](SSL_CTX* context) { SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION); });
  ASSERT_EQ(client.ask(get("/")).status, 200u);
  ASSERT_EQ(SSL_renegotiate(client.ssl()), 1);
  EXPECT_LE(SSL_do_handshake(client.ssl()), 0);
}

}  // namespace
}  // namespace launchgate::http
