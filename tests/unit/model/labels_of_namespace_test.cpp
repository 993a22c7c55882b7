// A namespace's labels for selectors, with the one that every namespace carries.
#include "model/labels_of_namespace.h"

#include <gtest/gtest.h>

#include "support/docs.h"

namespace launchgate {
namespace {

TEST(LabelsOfNamespace, CarryTheNameWhetherTheObjectWasSeenOrNot) {
  Snapshot world;
  world.namespaces["shop"] = std::make_shared<const Doc>(testing::doc(R"({"zone":"eu","kubernetes.io/metadata.name":"shop"})"));
  EXPECT_EQ((LabelsOfNamespace{world, "shop"}.root()["zone"].text()), "eu");
  EXPECT_EQ((LabelsOfNamespace{world, "shop"}.root().size()), 2u);
  const LabelsOfNamespace unseen{world, "bank"};
  EXPECT_EQ(unseen.root()["kubernetes.io/metadata.name"].text(), "bank");
  EXPECT_EQ(unseen.root().size(), 1u);
  EXPECT_FALSE(LabelsOfNamespace(world, "").root()) << "what stands in no namespace has no labels of one";
}

}  // namespace
}  // namespace launchgate
