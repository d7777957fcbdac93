// SPDX-License-Identifier: Apache-2.0
#include "config/check_files.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <sstream>

#include "config/effective_policy.hpp"

namespace nape::config {
namespace {

class CheckFiles : public ::testing::Test {
 protected:
  CheckFiles() {
    std::string pattern = "/tmp/nape-config-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    paths_.config_file = directory_ / "nape.toml";
    paths_.system_dir = directory_ / "etc";
  }
  ~CheckFiles() override { std::filesystem::remove_all(directory_); }

  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((directory_ / name).parent_path());
    std::ofstream(directory_ / name) << text;
  }

  std::filesystem::path directory_;
  Paths paths_;
  std::ostringstream out_;
};

TEST_F(CheckFiles, without_a_file_all_is_fine) {
  EXPECT_EQ(check_configuration(paths_, out_), 0);
  EXPECT_NE(out_.str().find("absent: all defaults"), std::string::npos);
  EXPECT_NE(out_.str().find("policy default: fine"), std::string::npos);
}

TEST_F(CheckFiles, the_policy_is_looked_for_beside_the_settings) {
  write("nape.toml", "policy = \"mine.toml\"\n");
  write("mine.toml", "name = \"mine\"\nextends = \"gentle\"\nday_begins = 99\n");
  EXPECT_EQ(check_configuration(paths_, out_), 1);
  EXPECT_NE(out_.str().find((directory_ / "mine.toml").string() +
                            ":3:14: error: day_begins: 99 is out of range"),
            std::string::npos)
      << out_.str();
}

TEST_F(CheckFiles, a_file_is_checked_as_what_it_is) {
  write("a.toml", "[privacy]\napplications = true\n");
  write("b.toml", "extends = \"gentle\"\nname = \"b\"\n");
  EXPECT_EQ(check_file(directory_ / "a.toml", out_), 0) << out_.str();
  EXPECT_EQ(check_file(directory_ / "b.toml", out_), 0) << out_.str();
  EXPECT_EQ(check_file(directory_ / "c.toml", out_), 1);
}

TEST_F(CheckFiles, an_organisations_file_is_told_as_not_applied) {
  write("etc/policy.toml", "name = \"org\"\n");
  const auto loaded = effective_policy(Settings{}, paths_);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded.value->name, "default");
  ASSERT_EQ(loaded.warnings.size(), 1u);
  EXPECT_EQ(loaded.warnings[0].file, (directory_ / "etc/policy.toml").string());
}

}  // namespace
}  // namespace nape::config
